package org.regionalpacs.tracing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A stretch of an image's way, which is a span of its trace.
 *
 * @param reception reception id of the image
 * @param name what was done, such as {@code indexer}
 * @param start when that began
 * @param end when it was over
 * @param attributes more of it: tenant and UIDs, nothing of the patient
 * @param failure why it failed; empty when it didn't
 */
public record Stretch(
    UUID reception,
    String name,
    Instant start,
    Instant end,
    Map<String, String> attributes,
    Optional<String> failure) {

  public Stretch {
    attributes = Map.copyOf(attributes);
  }

  /** One that didn't fail. */
  public Stretch(
      UUID reception, String name, Instant start, Instant end, Map<String, String> attributes) {
    this(reception, name, start, end, attributes, Optional.empty());
  }
}
