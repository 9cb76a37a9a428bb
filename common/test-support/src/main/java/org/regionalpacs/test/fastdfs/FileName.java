package org.regionalpacs.test.fastdfs;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file's name without its group: {@code M00/}, two folders, 27 characters of URL-safe base64
 * (address 4, time 4, size 8, CRC 4), and 7 characters of random digits and extension.
 *
 * @param text the name
 * @param time seconds since 1970
 * @param crc CRC32 of the content
 */
record FileName(String text, InetAddress source, long time, int crc) {
  private static final String FORM = "M00/[0-9A-F]{2}/[0-9A-F]{2}/[A-Za-z0-9_-]{27}[^/]{0,7}";
  private static final String FORBIDDEN = "/\\:*?\"<>|";
  private static final int FOLDERS = 10;
  private static final int ENCODED = 27;
  private static final int TAIL = 7;

  static FileName make(InetAddress source, long size, int crc, String extension) throws Status {
    if (extension.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
      throw new Status(Status.INVALID);
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long time = System.currentTimeMillis() / 1000;
    // Below 4 GB the high half holds a mark and random bits.
    int high =
        size >>> 32 == 0 ? random.nextInt() & 0x007F_FFFF | 0x8000_0000 : (int) (size >>> 32);
    byte[] fields =
        ByteBuffer.allocate(20)
            .put(source.getAddress())
            .putInt((int) time)
            .putInt(high)
            .putInt((int) size)
            .putInt(crc)
            .array();
    StringBuilder name = new StringBuilder("M00/");
    name.append("%02X/%02X/".formatted(random.nextInt(256), random.nextInt(256)));
    name.append(Base64.getUrlEncoder().withoutPadding().encodeToString(fields));
    int digits = extension.isEmpty() ? TAIL : TAIL - 1 - extension.length();
    for (int i = 0; i < digits; i++) {
      name.append(random.nextInt(10));
    }
    name.append(extension.isEmpty() ? "" : "." + extension);
    return new FileName(name.toString(), source, time, crc);
  }

  /**
   * @throws Status 22 when it could be no name, 2 when there could be no such file
   */
  static FileName parse(String text) throws Status {
    if (text.length() < FOLDERS + ENCODED + TAIL || text.contains("..")) {
      throw new Status(Status.INVALID);
    }
    if (!text.matches(FORM)) {
      throw new Status(Status.MISSING);
    }
    ByteBuffer fields =
        ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(FOLDERS, FOLDERS + ENCODED)));
    byte[] address = new byte[4];
    fields.get(address);
    try {
      return new FileName(
          text, InetAddress.getByAddress(address), fields.getInt(4), fields.getInt(16));
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
