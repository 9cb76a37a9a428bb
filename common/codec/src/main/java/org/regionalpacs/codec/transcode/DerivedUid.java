package org.regionalpacs.codec.transcode;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SOP Instance UID of what is made of an object with loss: always the same for the same object,
 * transfer syntax and options, so that a conversion that runs twice makes one object and not two.
 * It is a UUID of version 5 (RFC 9562 5.5) under 2.25 (PS3.5 B.2).
 */
final class DerivedUid {
  /** The name space of ISO object identifiers (RFC 9562 6.6). */
  private static final byte[] NAME_SPACE =
      HexFormat.of().parseHex("6ba7b8129dad11d180b400c04fd430c8");

  private DerivedUid() {}

  static String of(String sopInstanceUid, Target target) {
    String name = sopInstanceUid + ' ' + target.transferSyntax() + ' ' + target.options();
    byte[] uuid = Arrays.copyOf(sha1(name.getBytes(StandardCharsets.UTF_8)), 16);
    uuid[6] = (byte) (uuid[6] & 0x0F | 0x50);
    uuid[8] = (byte) (uuid[8] & 0x3F | 0x80);
    return "2.25." + new BigInteger(1, uuid);
  }

  private static byte[] sha1(byte[] name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(NAME_SPACE);
      return digest.digest(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
