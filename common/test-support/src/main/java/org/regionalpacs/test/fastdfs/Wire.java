package org.regionalpacs.test.fastdfs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers and fields of the protocol. */
public final class Wire {
  /** Tracker: a storage to upload to, of any group. */
  public static final int STORE = 101;

  /** Tracker: a storage to download from. */
  public static final int FETCH_ONE = 102;

  /** Tracker: the storage to delete on. */
  public static final int UPDATE = 103;

  /** Tracker: a storage of the named group to upload to. */
  public static final int STORE_IN_GROUP = 104;

  /** Tracker: all active storages of a file's group. */
  public static final int FETCH_ALL = 105;

  /** Storage: upload. */
  public static final int UPLOAD = 11;

  /** Storage: delete. */
  public static final int DELETE = 12;

  /** Storage: download. */
  public static final int DOWNLOAD = 14;

  /** Storage: size, time and CRC of a file. */
  public static final int INFO = 22;

  static final int QUIT = 82;
  static final int ACTIVE_TEST = 111;
  static final int ANSWER = 100;
  static final int GROUP = 16;
  static final int ADDRESS = 15;

  private Wire() {}

  /** A text padded by NUL. */
  static byte[] fixed(String text, int length) {
    return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), length);
  }

  /** The text before the first NUL. */
  static String text(byte[] bytes, int offset, int length) {
    int end = offset;
    while (end < offset + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
  }
}
