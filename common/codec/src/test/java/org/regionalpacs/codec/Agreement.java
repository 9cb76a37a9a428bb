package org.regionalpacs.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.test.Testdata;

/** Whether the samples that we decode are those that another program decompressed. */
public final class Agreement {
  private Agreement() {}

  /** The test objects of transfer syntaxes that can be opened. */
  public static List<Path> files(Set<String> transferSyntaxes) {
    List<Path> files = new ArrayList<>();
    for (Path file : Testdata.dicomFiles()) {
      try (DicomInputStream in = DicomInputStream.ofFile(file)) {
        if (transferSyntaxes.contains(in.transferSyntax())
            && PixelFrames.of(ByteSource.of(file)).count() > 0) {
          files.add(file);
        }
      } catch (IOException e) {
        // Broken on purpose, or without pixels: of no use here.
        continue;
      }
    }
    return files;
  }

  /** All bytes of a frame as it is stored. */
  public static byte[] frame(Path file, int frame) throws IOException {
    ByteSource source = ByteSource.of(file);
    return bytes(source, PixelFrames.of(source), frame);
  }

  /** All bytes of a frame of an object that is open. */
  public static byte[] bytes(ByteSource source, PixelFrames frames, int frame) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    frames.copy(source, frame, bytes);
    return bytes.toByteArray();
  }

  public static String syntax(Path file) throws IOException {
    return PixelFrames.of(ByteSource.of(file)).transferSyntax();
  }

  public static int frames(Path file) throws IOException {
    return Math.toIntExact(PixelFrames.of(ByteSource.of(file)).count());
  }

  public static ImageDescription image(Path file) throws IOException {
    return ImageDescription.of(Shown.header(ByteSource.of(file)));
  }

  /** A decoded frame. */
  public static Samples samples(Path file, int frame) throws IOException {
    String syntax = syntax(file);
    FrameDecoder decoder =
        FrameDecoders.of(syntax)
            .or(() -> ForeignCodecs.decoder(syntax))
            .orElseThrow(() -> new UnsupportedImageException(syntax));
    return decoder.decode(frame(file, frame), syntax, image(file));
  }

  /** A decompressed frame with every bit that is allocated, whatever it is said to have. */
  public static Samples allBits(Path file, int frame) throws IOException {
    ImageDescription image = image(file);
    int bits = image.bitsAllocated();
    ImageDescription all =
        new ImageDescription(
            image.rows(),
            image.columns(),
            image.photometric(),
            bits,
            bits,
            bits - 1,
            image.signed(),
            image.planar());
    return Samples.of(all, frame(file, frame));
  }

  /** The first and the last frame. */
  public static Set<Integer> ends(Path file) throws IOException {
    return new TreeSet<>(List.of(1, frames(file)));
  }

  /**
   * The greatest difference of any sample, where those that are too great count as the greatest.
   */
  public static long difference(Samples ours, Samples theirs) {
    int channels = ours.image().photometric().samples();
    int pixels = Math.toIntExact(ours.image().pixels());
    long greatest = ours.image().greatest();
    return IntStream.range(0, channels)
        .mapToLong(channel -> {
          long most = 0;
          for (int pixel = 0; pixel < pixels; pixel++) {
            long one =
                ours.value(pixel, channel) - Math.min(greatest, theirs.value(pixel, channel));
            most = Math.max(most, Math.abs(one));
          }
          return most;
        })
        .max()
        .orElse(0);
  }
}
