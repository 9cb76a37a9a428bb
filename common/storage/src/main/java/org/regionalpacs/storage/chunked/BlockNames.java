package org.regionalpacs.storage.chunked;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.regionalpacs.storage.BlobName;
import org.regionalpacs.storage.ContentDigest;

/**
 * Names of what a blob is split into. A manifest's id ends with {@code .blocks} in stores that
 * choose ids too: they keep the extension.
 */
final class BlockNames {
  private static final String MANIFEST = ".blocks";
  private static final int LONGEST_PART = 160;
  private static final int DIGITS = 16;

  private final String base;

  private BlockNames(String base) {
    this.base = base;
  }

  static BlockNames of(String name) {
    BlobName.require(name);
    int last = name.lastIndexOf('/') + 1;
    if (name.length() - last <= LONGEST_PART) {
      return new BlockNames(name);
    }
    MessageDigest digest = ContentDigest.sha256();
    digest.update(name.getBytes(StandardCharsets.US_ASCII));
    return new BlockNames(
        name.substring(0, last + LONGEST_PART / 2)
            + "-"
            + ContentDigest.hex(digest).substring(0, 2 * DIGITS));
  }

  /** Whether what has this id is a manifest. */
  static boolean isManifest(String id) {
    return id.endsWith(MANIFEST);
  }

  /** The name of a blob that isn't split: one that looks like a manifest gets another. */
  static String plain(String name) {
    BlobName.require(name);
    return isManifest(name) ? name + "-" : name;
  }

  String manifest() {
    return base + MANIFEST;
  }

  /**
   * Says which bytes of which content it has, so that a name never gets other content.
   *
   * @param upTo SHA-256 of all content up to the block's end
   */
  String block(int index, String upTo, int size) {
    return "%s.%05d-%d-%s.block".formatted(base, index, size, upTo.substring(0, 2 * DIGITS));
  }
}
