package org.regionalpacs.codec;

/** Frames that aren't compressed: nothing is copied. */
final class NativeDecoder implements FrameDecoder {
  @Override
  public Samples decode(byte[] frame, String transferSyntax, ImageDescription image)
      throws CodecException {
    Photometric photometric = image.photometric();
    boolean coded =
        switch (photometric) {
          case YBR_ICT, YBR_RCT, YBR_PARTIAL_420 -> true;
          case YBR_FULL_422 ->
              image.bitsAllocated() != 8 || image.planar() || image.columns() % 2 != 0;
          default -> photometric.samples() > 1 && image.bitsAllocated() == 1;
        };
    if (coded) {
      throw new UnsupportedImageException(photometric + " of this kind is never native");
    }
    if (frame.length < image.frameBytes()) {
      throw new CorruptFrameException(
          "a frame has %d bytes instead of %d".formatted(frame.length, image.frameBytes()));
    }
    return Samples.of(image, frame);
  }
}
