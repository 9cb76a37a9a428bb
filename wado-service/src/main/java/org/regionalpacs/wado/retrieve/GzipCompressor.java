package org.regionalpacs.wado.retrieve;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Gzip (RFC 1952), as fast as it can be. */
final class GzipCompressor implements Compressor {
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};
  private static final int TAIL = 8;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final CRC32 crc = new CRC32();
  private boolean begun;

  @Override
  public void begin(OptionalLong length) {
    deflater.reset();
    crc.reset();
    begun = false;
  }

  @Override
  public boolean compress(ByteBuffer piece, ByteBuffer out, boolean last) {
    if (!begun) {
      out.put(HEAD);
      begun = true;
    }
    int from = piece.position();
    deflater.setInput(piece);
    if (last) {
      deflater.finish();
    }
    deflater.deflate(out, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
    crc.update(piece.slice(from, piece.position() - from));
    return last ? ended(out) : !piece.hasRemaining() && out.hasRemaining();
  }

  private boolean ended(ByteBuffer out) {
    if (!deflater.finished() || out.remaining() < TAIL) {
      return false;
    }
    ByteBuffer tail = ByteBuffer.allocate(TAIL).order(ByteOrder.LITTLE_ENDIAN);
    tail.putInt((int) crc.getValue()).putInt((int) deflater.getBytesRead()).flip();
    out.put(tail);
    return true;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
