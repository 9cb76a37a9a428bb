package org.regionalpacs.wado.store;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bulk data of a request, by the Content-Location of its parts (RFC 2557 4.2). Parts of the
 * same location are the frames of one value, in their order. No other place is ever looked at.
 */
final class BulkParts {
  private static final int LONGEST = 512;

  private final URI base;
  private final Map<String, List<BulkPart>> parts = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  /**
   * @param url what relative references are relative to
   */
  BulkParts(String url) {
    this.base = URI.create(url);
  }

  /** Whether a location is one. */
  static boolean usable(String location) {
    return !location.isBlank() && location.length() <= LONGEST;
  }

  void add(String location, BulkPart part) {
    parts.computeIfAbsent(key(location), _ -> new ArrayList<>(1)).add(part);
  }

  /** The parts that a reference means; none when they aren't in the request. */
  List<BulkPart> find(String reference) {
    if (!usable(reference)) {
      return List.of();
    }
    String key = key(reference);
    List<BulkPart> found = parts.getOrDefault(key, List.of());
    if (!found.isEmpty()) {
      used.add(key);
    }
    return found;
  }

  /** How many locations no reference was to. */
  int unused() {
    return parts.size() - used.size();
  }

  private String key(String reference) {
    String text = reference.strip();
    try {
      return base.resolve(text).normalize().toString();
    } catch (IllegalArgumentException _) {
      return text;
    }
  }
}
