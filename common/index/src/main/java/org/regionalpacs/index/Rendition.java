package org.regionalpacs.index;

import java.util.List;
import java.util.UUID;

/**
 * An object encoded once more.
 *
 * @param id like a reception id: of its places, of what is cached of it, of its removal
 * @param kind what for
 * @param terms what was asked for; to other terms it is made anew
 * @param sop its own SOP Instance UID; that of a preview isn't the object's
 * @param transferSyntax UID of its encoding
 * @param digest SHA-256 of its data set, hexadecimal
 * @param size bytes of its file
 * @param dataSetOffset where the data set starts in its file
 * @param locations where its file is; empty when it is nowhere any more
 */
public record Rendition(
    UUID id,
    RenditionKind kind,
    String terms,
    String sop,
    String transferSyntax,
    String digest,
    long size,
    int dataSetOffset,
    List<ObjectLocation> locations) {

  public Rendition {
    locations = List.copyOf(locations);
  }
}
