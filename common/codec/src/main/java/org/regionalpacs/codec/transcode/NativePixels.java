package org.regionalpacs.codec.transcode;

import java.io.IOException;
import java.io.InputStream;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.io.ByteSource;

/**
 * Pixel data that isn't compressed: frames are decoded while it is read, which can be done once.
 */
final class NativePixels implements ByteSource {
  private final DecodedFrames frames;
  private final ImageDescription image;
  private final boolean decoded;

  /**
   * @param image what the bytes are to be: see {@link NativeLayout#bytes}, or of one bit a pixel
   * @param decoded whether bits that don't count are free, as a codec has made them
   */
  NativePixels(DecodedFrames frames, ImageDescription image, boolean decoded) {
    this.frames = frames;
    this.image = image;
    this.decoded = decoded;
  }

  @Override
  public long size() {
    return image.bitsAllocated() == 1
        ? Math.ceilDiv(frames.count() * image.pixels(), 8L)
        : frames.count() * image.frameBytes();
  }

  @Override
  public InputStream open(long offset, long length) {
    if (offset != 0 || length != size()) {
      throw new IllegalArgumentException("pixel data is read as a whole");
    }
    return new FrameByFrame();
  }

  private final class FrameByFrame extends InputStream {
    private final PackedBits bits = new PackedBits();
    private byte[] bytes = {};
    private int at;
    private int frame;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      while (at == bytes.length && frame <= frames.count()) {
        frame++;
        at = 0;
        // Free before the next one is decoded.
        bytes = new byte[0];
        bytes = frame <= frames.count() ? bytes(frames.frame(frame)) : bits.rest();
      }
      if (at == bytes.length) {
        return -1;
      }
      int count = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, to, offset, count);
      at += count;
      return count;
    }

    private byte[] bytes(Samples samples) {
      if (image.bitsAllocated() == 1) {
        int pixels = Math.toIntExact(image.pixels());
        return bits.add(pixels, pixel -> samples.value(pixel, 0) != 0);
      }
      boolean free = decoded && image.signed();
      return NativeLayout.bytes(free ? NativeLayout.extended(samples) : samples, image);
    }
  }
}
