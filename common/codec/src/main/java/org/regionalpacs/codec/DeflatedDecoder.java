package org.regionalpacs.codec;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Frames that are deflated one by one (RFC 1951, without a header), of any kind of pixels. */
final class DeflatedDecoder implements FrameDecoder {
  private final FrameDecoder inflated = new NativeDecoder();

  @Override
  public Samples decode(byte[] frame, String transferSyntax, ImageDescription image)
      throws CodecException {
    byte[] bytes = new byte[Math.toIntExact(image.frameBytes())];
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(frame);
      int at = 0;
      while (at < bytes.length) {
        Wanted.check();
        int count = inflater.inflate(bytes, at, Math.min(bytes.length - at, 1 << 20));
        if (count == 0) {
          throw new CorruptFrameException(
              "a deflated frame has %d bytes instead of %d".formatted(at, bytes.length));
        }
        at += count;
      }
    } catch (DataFormatException e) {
      throw new CorruptFrameException("a deflated frame can't be inflated", e);
    }
    return inflated.decode(bytes, transferSyntax, image);
  }
}
