package org.regionalpacs.storage.fastdfs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file's id: {@code group1/M00/00/00/}, 27 characters of URL-safe base64 (address 4, time 4, size
 * 8, CRC 4), and up to 7 of random digits and extension.
 *
 * @param group where it is
 * @param path its name without the group
 * @param source IPv4 address of the storage that received it
 * @param created when it was received, by that storage's clock
 * @param size bytes
 * @param crc CRC32 of the content
 */
record FileId(String group, String path, String source, Instant created, long size, int crc) {
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9_-]{1,16})/(M[0-9A-F]{2}/[0-9A-F]{2}/[0-9A-F]{2}/"
              + "([A-Za-z0-9_-]{27})[0-9]{0,7}(?:\\.[A-Za-z0-9]{1,6})?)");

  /**
   * Takes an id apart.
   *
   * @throws IllegalArgumentException when it is none
   */
  static FileId parse(String id) {
    Matcher matcher = FORM.matcher(id);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not the id of a FastDFS file");
    }
    ByteBuffer fields = ByteBuffer.wrap(Base64.getUrlDecoder().decode(matcher.group(3)));
    byte[] address = new byte[4];
    fields.get(address);
    Instant created = Instant.ofEpochSecond(Integer.toUnsignedLong(fields.getInt()));
    long size = fields.getLong();
    // Below 4 GB the server marks the upper half by its first bit and fills it with random bits.
    long bytes = size < 0 ? size & 0xFFFF_FFFFL : size;
    return new FileId(
        matcher.group(1), matcher.group(2), dotted(address), created, bytes, fields.getInt());
  }

  private static String dotted(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  boolean holds(long wantedSize, int wantedCrc) {
    return size == wantedSize && crc == wantedCrc;
  }

  @Override
  public String toString() {
    return group + "/" + path;
  }
}
