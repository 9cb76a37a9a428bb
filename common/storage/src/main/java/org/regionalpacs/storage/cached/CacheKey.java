package org.regionalpacs.storage.cached;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * A key in Redis. All of them are made here: {@code pacs:{tenant}:{kind}:{uid}}, and behind
 * {@code @} the range where a value is a part of a blob, or which of several values of it it is.
 *
 * <table>
 *   <caption>Kinds</caption>
 *   <tr><th>key</th><th>value</th></tr>
 *   <tr><td>{@code pacs:T:bytes:STORE/BLOB@OFFSET+LENGTH}</td><td>a range of an archived blob: a
 *     small object, a frame, the head of an object</td></tr>
 *   <tr><td>{@code pacs:T:metadata:STORE/BLOB@OFFSET+LENGTH}</td><td>the metadata document of a
 *     series, gzipped</td></tr>
 *   <tr><td>{@code pacs:T:layout:RECEPTION}</td><td>where an object's frames are</td></tr>
 *   <tr><td>{@code pacs:T:rendered:RECEPTION@HOW}</td><td>what was made of an object's pixels: a
 *     picture, or a frame or file in another transfer syntax; and how, as a hash</td></tr>
 *   <tr><td>{@code pacs:T:KIND.parts:UID}</td><td>a set of the ranges that are cached of a
 *     UID</td></tr>
 *   <tr><td>{@code pacs:T:KIND.gone:UID}</td><td>it was deleted: nothing of it is cached
 *     again</td></tr>
 * </table>
 *
 * <p><b>Versions.</b> What a uid names never changes: a reception id stands for one object's bytes;
 * an archived blob's id holds the reception id, or FastDFS has made it for that content; the id of
 * a metadata document holds the series' change number and a random part. A new version of an object
 * has other ids, and readers learn ids from the index only, so that no value can be stale.
 *
 * <p><b>Escapes.</b> Of tenant and uid every byte (UTF-8) but letters, digits, {@code . - _ /} is
 * written {@code %XX}: neither {@code :} nor {@code @} can be in them, and no two look alike.
 *
 * @param tenant the hospital
 * @param kind what the value is
 * @param uid what it belongs to, and is deleted with
 * @param part the range, {@code @OFFSET+LENGTH}, or {@code @HOW}; empty when there is one value
 *     only
 */
public record CacheKey(String tenant, Kind kind, String uid, String part) {

  /** Kinds of values. */
  public enum Kind {
    /** Ranges of archived blobs. */
    BYTES,
    /** Metadata documents. */
    METADATA,
    /** Where the frames of an object are. */
    LAYOUT,
    /** What was made of an object's pixels. */
    RENDERED;

    /** As in keys and metrics. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where the frames of an object are. */
  public static CacheKey layout(String tenant, UUID receptionId) {
    return new CacheKey(tenant, Kind.LAYOUT, receptionId.toString(), "");
  }

  /** All that was made of an object's pixels. */
  public static CacheKey rendered(String tenant, UUID receptionId) {
    return new CacheKey(tenant, Kind.RENDERED, receptionId.toString(), "");
  }

  /**
   * Something that was made of an object's pixels.
   *
   * @param how hexadecimal digits that stand for what it is
   */
  public static CacheKey rendered(String tenant, UUID receptionId, String how) {
    return new CacheKey(tenant, Kind.RENDERED, receptionId.toString(), "@" + how);
  }

  /**
   * A blob, or all that is cached of it.
   *
   * @param store name of its store
   */
  static CacheKey blob(String tenant, Kind kind, String store, String blobId) {
    return new CacheKey(tenant, kind, store + "/" + blobId, "");
  }

  /** Where an archived object is read. */
  public static CacheKey archived(String tenant, String store, String blobId) {
    return blob(tenant, Kind.BYTES, store, blobId);
  }

  /** A range of it. */
  CacheKey range(long offset, long length) {
    return new CacheKey(tenant, kind, uid, "@" + offset + "+" + length);
  }

  /** The key of the value. */
  byte[] value() {
    return bytes(prefix(kind.text()) + part);
  }

  /** The key of the set of its parts. */
  byte[] parts() {
    return bytes(prefix(kind.text() + ".parts"));
  }

  /** The key that says that it was deleted. */
  byte[] gone() {
    return bytes(prefix(kind.text() + ".gone"));
  }

  /** What it is deleted with. */
  CacheKey owner() {
    return part.isEmpty() ? this : new CacheKey(tenant, kind, uid, "");
  }

  private String prefix(String field) {
    return "pacs:" + escaped(tenant) + ":" + field + ":" + escaped(uid);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || "0123456789.-_/".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append("%%%02X".formatted((int) c));
      }
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    return prefix(kind.text()) + part;
  }
}
