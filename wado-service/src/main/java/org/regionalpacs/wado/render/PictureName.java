package org.regionalpacs.wado.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.storage.cached.CacheKey;

/**
 * Names one picture: a version of an object and how it is shown. It never stands for other bytes
 * later.
 *
 * @param tenant whose it is
 * @param receptionId the object's version; a new version and what is stored after a deletion have
 *     others
 * @param how 32 hexadecimal digits of how it is shown
 * @param identifying whether the patient can be read in it
 */
record PictureName(String tenant, UUID receptionId, String how, boolean identifying) {
  /** To be counted up when pictures come to look otherwise than before. */
  private static final int RENDERING = 1;

  /**
   * @param frame from 1; none for the one that stands for all
   */
  static PictureName of(
      InstanceObject instance, OptionalInt frame, String mediaType, RenderParameters parameters) {
    String how =
        List.of(
                RENDERING,
                frame.orElse(0),
                mediaType,
                parameters.viewport(),
                parameters.window(),
                mediaType.equals(RenderedNegotiation.JPEG) ? parameters.quality() : 0,
                parameters.annotations())
            .toString();
    return new PictureName(
        instance.tenant(),
        instance.receptionId(),
        digest(how),
        !parameters.annotations().isEmpty());
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

  /** Its strong entity tag, in quotes. */
  String etag() {
    return "\"" + receptionId + "-" + how + "\"";
  }

  /** Its key in Redis. */
  CacheKey key() {
    return CacheKey.rendered(tenant, receptionId, how);
  }
}
