package org.regionalpacs.codec.jpeg;

import java.util.ArrayList;
import java.util.List;
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
 * JPEG by DCT, which is always lossy: baseline of 8 bits (T.81 process 1), extended of 8 bits or,
 * for grey, 12 (processes 2 and 4). Color becomes YBR_FULL_422 (PS3.5 8.2.1): chrominance for every
 * second pixel of a row.
 */
public final class DctEncoder implements FrameEncoder {
  private static final int SOF0 = 0xC0;
  private static final int SOF1 = 0xC1;

  @Override
  public ImageDescription encoded(
      ImageDescription image, String transferSyntax, EncoderOptions options)
      throws UnsupportedImageException {
    quality(options);
    boolean baseline = transferSyntax.equals(UID.JPEGBaseline8Bit);
    boolean grey = image.photometric().samples() == 1;
    // Color has no window that would tell how bright the fewer bits are.
    boolean bytes = image.bitsAllocated() == 8 && (grey || image.bitsStored() == 8);
    boolean words = image.bitsAllocated() == 16 && image.bitsStored() <= 12 && grey && !baseline;
    if (!bytes && !words) {
      throw new UnsupportedImageException(
          "%s JPEG isn't of %d bits in %d allocated%s"
              .formatted(
                  baseline ? "baseline" : "extended",
                  image.bitsStored(),
                  image.bitsAllocated(),
                  grey ? "" : " for color"));
    }
    if (image.signed()) {
      throw new UnsupportedImageException("lossy JPEG would change the sign of samples");
    }
    Photometric meaning =
        switch (image.photometric()) {
          case MONOCHROME1, MONOCHROME2 -> image.photometric();
          case RGB, YBR_FULL, YBR_FULL_422 -> Photometric.YBR_FULL_422;
          case PALETTE_COLOR ->
              throw new UnsupportedImageException("numbers of a palette can't be lossy");
          case YBR_ICT, YBR_RCT, YBR_PARTIAL_420 ->
              throw new UnsupportedImageException(image.photometric() + " is never in JPEG");
        };
    // Rounding may make samples greater than fewer bits allow.
    int precision = bytes ? 8 : 12;
    return new ImageDescription(
        image.rows(),
        image.columns(),
        meaning,
        image.bitsAllocated(),
        precision,
        precision - 1,
        false,
        false);
  }

  private static int quality(EncoderOptions options) throws UnsupportedImageException {
    return switch (options.quality()) {
      case Quality.Percent(int percent) -> percent;
      case Quality.Lossless _ -> throw new UnsupportedImageException("JPEG by DCT is always lossy");
      case Quality.Near _, Quality.Ratio _, Quality.Psnr _ ->
          throw new UnsupportedImageException("JPEG by DCT has a quality from 1 to 100 only");
    };
  }

  @Override
  public EncodedFrame encode(Samples samples, String transferSyntax, EncoderOptions options)
      throws CodecException {
    Wanted.check();
    ImageDescription encoded = encoded(samples.image(), transferSyntax, options);
    int quality = quality(options);
    int precision = encoded.bitsStored();
    boolean color = encoded.photometric().samples() > 1;
    boolean rgb = samples.image().photometric() == Photometric.RGB;
    Samples planes = rgb ? LuminanceChrominance.of(samples) : samples;
    List<Quantization> steps = new ArrayList<>(List.of(Quantization.luminance(quality)));
    List<Blocks> components = new ArrayList<>();
    int pixels = color ? 16 : 8;
    Plane first = new Plane(planes, 0, false);
    components.add(Blocks.of(first, precision, steps.getFirst(), pixels / 8, pixels));
    if (color) {
      steps.add(Quantization.chrominance(quality));
      for (int channel = 1; channel <= 2; channel++) {
        Plane plane = new Plane(planes, channel, true);
        components.add(Blocks.of(plane, precision, steps.getLast(), 1, pixels));
      }
    }
    int marker = transferSyntax.equals(UID.JPEGBaseline8Bit) ? SOF0 : SOF1;
    return new EncodedFrame(encoded, codestream(encoded, marker, components, steps));
  }

  private static byte[] codestream(
      ImageDescription image, int marker, List<Blocks> components, List<Quantization> steps) {
    int count = components.size();
    byte[][] header = new byte[count][];
    byte[] scan = new byte[4 + 2 * count];
    scan[0] = (byte) count;
    for (int i = 0; i < count; i++) {
      int table = Math.min(i, 1);
      int factors = count > 1 && i == 0 ? 0x21 : 0x11;
      header[i] = new byte[] {(byte) (i + 1), (byte) factors, (byte) table};
      scan[1 + 2 * i] = (byte) (i + 1);
      scan[2 + 2 * i] = (byte) (table << 4 | table);
    }
    scan[2 + 2 * count] = 63;
    List<BlockCoder.Count> counts = new ArrayList<>();
    steps.forEach(one -> counts.add(new BlockCoder.Count()));
    code(components, counts);
    CodestreamWriter out = new CodestreamWriter((int) Math.min(image.pixels(), 1 << 28));
    List<BlockCoder.Write> coders = counts.stream().map(one -> one.write(out)).toList();
    out.marker(CodestreamWriter.SOI);
    for (int table = 0; table < steps.size(); table++) {
      out.segment(CodestreamWriter.DQT, steps.get(table).segment(table));
    }
    out.frame(marker, image.bitsStored(), image.rows(), image.columns(), header);
    for (int table = 0; table < coders.size(); table++) {
      coders.get(table).tables(table);
    }
    out.segment(CodestreamWriter.SOS, scan);
    code(components, coders);
    out.endBits();
    out.marker(CodestreamWriter.EOI);
    return out.toBytes();
  }

  /** All blocks, MCU after MCU (T.81 A.2.3): two of luminance, and one each of chrominance. */
  private static void code(List<Blocks> components, List<? extends BlockCoder> coders) {
    int mcus = components.getLast().columns();
    int[] means = new int[components.size()];
    for (int row = 0; row < components.getFirst().rows(); row++) {
      Wanted.check();
      for (int mcu = 0; mcu < mcus; mcu++) {
        for (int i = 0; i < means.length; i++) {
          Blocks blocks = components.get(i);
          int wide = blocks.columns() / mcus;
          for (int column = mcu * wide; column < (mcu + 1) * wide; column++) {
            int at = blocks.at(row, column);
            coders.get(Math.min(i, 1)).code(blocks.values(), at, means[i]);
            means[i] = blocks.values()[at];
          }
        }
      }
    }
  }
}
