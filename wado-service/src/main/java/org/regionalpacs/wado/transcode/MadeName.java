package org.regionalpacs.wado.transcode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.storage.cached.CacheKey;

/**
 * Names what is made of a version of an object, so that it never stands for other bytes later: a
 * new version and what is stored after a deletion have other reception ids. All encodings of one
 * have the same samples, so it doesn't matter which was read.
 */
final class MadeName {
  /** To be counted up when codecs come to write otherwise than before. */
  private static final int RELEASE = 1;

  private MadeName() {}

  /**
   * @param frame from 1; 0 for the whole object
   */
  static CacheKey of(InstanceObject object, int frame, String transferSyntax) {
    String how = List.of("transcoded", RELEASE, frame, transferSyntax).toString();
    return CacheKey.rendered(object.tenant(), object.receptionId(), digest(how));
  }

  private static String digest(String how) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(how.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
