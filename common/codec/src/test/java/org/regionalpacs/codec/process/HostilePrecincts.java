package org.regionalpacs.codec.process;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Makes the precincts of a JPEG 2000 codestream so small that a library has millions of them. */
final class HostilePrecincts {
  private static final short COD = (short) 0xFF52;
  private static final int DECOMPOSITIONS = 9;

  private HostilePrecincts() {}

  /** Changes the coding style (ISO 15444-1 A.6.1), which has none of precincts so far. */
  static byte[] in(byte[] codestream) {
    int at = 2;
    ByteBuffer bytes = ByteBuffer.wrap(codestream);
    while (bytes.getShort(at) != COD) {
      at += 2 + bytes.getShort(at + 2);
    }
    int length = bytes.getShort(at + 2);
    byte[] precincts = new byte[codestream[at + DECOMPOSITIONS] + 1];
    Arrays.fill(precincts, (byte) 0x11);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(codestream, 0, at + 2);
    out.writeBytes(ByteBuffer.allocate(2).putShort((short) (length + precincts.length)).array());
    out.write(codestream[at + 4] | 1);
    out.write(codestream, at + 5, length - 3);
    out.writeBytes(precincts);
    int rest = at + 2 + length;
    out.write(codestream, rest, codestream.length - rest);
    return out.toByteArray();
  }
}
