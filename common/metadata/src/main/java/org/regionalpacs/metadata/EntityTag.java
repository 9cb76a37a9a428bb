package org.regionalpacs.metadata;

/** Strong entity tags (RFC 9110 8.8.3). */
final class EntityTag {
  private static final int HEX_DIGITS = 32;

  private EntityTag() {}

  /**
   * The tag of content that is wholly decided by these parts.
   *
   * @param prefix for people who read logs
   */
  static String of(String prefix, String... parts) {
    String hash = BlobNames.sha256(String.join("\n", parts)).substring(0, HEX_DIGITS);
    return "\"" + prefix + "-" + hash + "\"";
  }

  /** The tag of the same content in another encoding. */
  static String encoded(String tag, String coding) {
    return tag.substring(0, tag.length() - 1) + "-" + coding + "\"";
  }
}
