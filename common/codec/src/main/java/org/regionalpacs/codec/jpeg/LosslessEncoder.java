package org.regionalpacs.codec.jpeg;

import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.EncodedFrame;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Quality;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Wanted;
import org.regionalpacs.dicom.data.UID;

/**
 * JPEG Lossless of 2 to 16 bits (T.81 process 14): predicted from the left where the transfer
 * syntax says so (selection value 1), else by what makes the fewest bits of a frame. Bits that
 * don't count aren't kept. Signed samples are coded as the bits they are (PS3.5 8.2.1).
 */
public final class LosslessEncoder implements FrameEncoder {
  private static final int SOF3 = 0xC3;
  private static final int LEFT = 1;
  private static final int LAST = 7;

  @Override
  public ImageDescription encoded(
      ImageDescription image, String transferSyntax, EncoderOptions options)
      throws UnsupportedImageException {
    if (!(options.quality() instanceof Quality.Lossless)) {
      throw new UnsupportedImageException("JPEG Lossless is always lossless");
    }
    if (image.bitsAllocated() != 8 && image.bitsAllocated() != 16) {
      throw new UnsupportedImageException(
          "JPEG Lossless isn't of %d bits allocated".formatted(image.bitsAllocated()));
    }
    Photometric meaning =
        switch (image.photometric()) {
          case YBR_FULL_422 -> Photometric.YBR_FULL;
          case YBR_ICT, YBR_RCT, YBR_PARTIAL_420 ->
              throw new UnsupportedImageException(image.photometric() + " is never in JPEG");
          default -> image.photometric();
        };
    return new ImageDescription(
        image.rows(),
        image.columns(),
        meaning,
        image.bitsAllocated(),
        image.bitsStored(),
        image.bitsStored() - 1,
        image.signed(),
        false);
  }

  @Override
  public EncodedFrame encode(Samples samples, String transferSyntax, EncoderOptions options)
      throws CodecException {
    Wanted.check();
    ImageDescription encoded = encoded(samples.image(), transferSyntax, options);
    int precision = Math.max(2, encoded.bitsStored());
    Differences differences = Differences.of(samples, precision, LEFT);
    boolean free = !transferSyntax.equals(UID.JPEGLosslessSV1);
    for (int predictor = LEFT + 1; free && predictor <= LAST; predictor++) {
      Differences others = Differences.of(samples, precision, predictor);
      differences = others.bits() < differences.bits() ? others : differences;
    }
    return new EncodedFrame(encoded, codestream(encoded, precision, differences));
  }

  private static byte[] codestream(ImageDescription image, int precision, Differences differences) {
    int channels = image.photometric().samples();
    byte[] names = ComponentNames.of(image.photometric());
    byte[][] components = new byte[channels][];
    byte[] scan = new byte[4 + 2 * channels];
    scan[0] = (byte) channels;
    for (int i = 0; i < channels; i++) {
      components[i] = new byte[] {names[i], 0x11, 0};
      scan[1 + 2 * i] = names[i];
    }
    scan[1 + 2 * channels] = (byte) differences.predictor();
    // Stuffed bytes are some of noise; the rest are headers.
    long expected = differences.bits() / 8 + differences.bits() / 1024 + 256;
    CodestreamWriter out = new CodestreamWriter((int) Math.min(expected, Integer.MAX_VALUE - 64));
    out.marker(CodestreamWriter.SOI);
    out.frame(SOF3, precision, image.rows(), image.columns(), components);
    out.segment(CodestreamWriter.DHT, differences.code().segment(0));
    out.segment(CodestreamWriter.SOS, scan);
    differences.write(out);
    out.marker(CodestreamWriter.EOI);
    return out.toBytes();
  }
}
