package org.regionalpacs.metadata;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names of the blobs that documents are kept in: never the same twice, so that a document is never
 * overwritten under a reader.
 */
final class BlobNames {
  /** What a part of a blob's name may be; UIDs come from strangers. */
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

  private BlobNames() {}

  static String next(SeriesKey series, long changeNumber) {
    return String.join(
        "/",
        "metadata",
        part(series.tenant()),
        part(series.study()),
        part(series.series()),
        changeNumber + "-" + UUID.randomUUID() + ".json.gz");
  }

  private static String part(String text) {
    return PART.matcher(text).matches() ? text : "sha256-" + sha256(text);
  }

  /** Lower-case hex. */
  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
