package org.regionalpacs.metadata;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;

/** The gzipped form (RFC 1952) of a stream, compressed as it is read: fast rather than small. */
final class GzippingInputStream extends InputStream {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int BUFFER = 16 * 1024;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final CheckedInputStream plain;
  private final InputStream gzip;

  GzippingInputStream(InputStream in) {
    this.plain = new CheckedInputStream(in, new CRC32());
    // DeflaterInputStream doesn't end a deflater that it was given.
    InputStream body = new DeflaterInputStream(plain, deflater, BUFFER);
    Iterator<Supplier<InputStream>> parts =
        List.<Supplier<InputStream>>of(
                () -> new ByteArrayInputStream(HEADER), () -> body, this::trailer)
            .iterator();
    this.gzip = new SequenceInputStream(enumeration(parts));
  }

  private InputStream trailer() {
    return new ByteArrayInputStream(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) plain.getChecksum().getValue())
            .putInt((int) deflater.getBytesRead())
            .array());
  }

  private static Enumeration<InputStream> enumeration(Iterator<Supplier<InputStream>> parts) {
    return new Enumeration<>() {
      @Override
      public boolean hasMoreElements() {
        return parts.hasNext();
      }

      @Override
      public InputStream nextElement() {
        return parts.next().get();
      }
    };
  }

  @Override
  public int read() throws IOException {
    return gzip.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return gzip.read(target, offset, length);
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    plain.close();
  }
}
