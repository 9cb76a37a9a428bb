package org.regionalpacs.codec.transcode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.regionalpacs.codec.Agreement;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.test.Testdata;

/**
 * The test objects in other transfer syntaxes.
 *
 * @param pairs objects with what they became
 * @param refusals of objects that didn't, as "file, target: reason"
 */
record TranscodedSamples(List<Pair> pairs, List<String> refusals) {
  static final Map<String, String> TARGETS =
      Map.of(
          "j2k", UID.JPEG2000Lossless,
          "jls", UID.JPEGLSLossless,
          "rle", UID.RLELossless,
          "sv1", UID.JPEGLosslessSV1,
          "jpl", UID.JPEGLossless,
          "raw", UID.ExplicitVRLittleEndian);

  private static final long SMALL = 200_000;

  /**
   * @param target a name in {@link #TARGETS}
   */
  record Pair(Path original, Path transcoded, String target) {
    String name() {
      return name(original) + " as " + target;
    }

    private static String name(Path original) {
      return Testdata.folder().relativize(original).toString();
    }
  }

  /**
   * All, or of the small ones the first of each kind: transfer syntax, photometric interpretation,
   * bits and several frames.
   */
  static TranscodedSamples in(Path folder, boolean all) throws IOException {
    Transcoder transcoder = new Transcoder(Codecs.inProcess(), folder);
    TranscodedSamples samples = new TranscodedSamples(new ArrayList<>(), new ArrayList<>());
    Set<String> kinds = new HashSet<>();
    int number = 0;
    for (Path file : Testdata.dicomFiles()) {
      number++;
      if (!all && (Files.size(file) > SMALL || !kinds.add(kind(file)))) {
        continue;
      }
      for (String target : TARGETS.keySet()) {
        Path to = folder.resolve(number + "." + target + ".dcm");
        try (OutputStream out = Files.newOutputStream(to)) {
          Target lossless = Target.lossless(TARGETS.get(target));
          if (transcoder.transcode(ByteSource.of(file), lossless, out).frames() > 0) {
            samples.pairs.add(new Pair(file, to, target));
          }
        } catch (IOException e) {
          Files.delete(to);
          samples.refusals.add(Pair.name(file) + " as " + target + ": " + e.getMessage());
        }
      }
    }
    return samples;
  }

  private static String kind(Path file) throws IOException {
    try {
      ImageDescription image = Agreement.image(file);
      return "%s %s %d %s"
          .formatted(
              Agreement.syntax(file),
              image.photometric(),
              image.bitsAllocated(),
              Agreement.frames(file) > 1);
    } catch (IOException e) {
      return "none";
    }
  }

  /** Whether every sample that is said to be there is the same, and of which frame not. */
  static List<String> differences(Pair pair, Path decoded, Set<Integer> frames) {
    List<String> differences = new ArrayList<>();
    for (int frame : frames) {
      try {
        Samples before = Agreement.samples(pair.original(), frame);
        long difference = Agreement.difference(before, Agreement.samples(decoded, frame));
        if (difference > 0) {
          differences.add("%s, frame %d: %d".formatted(pair.name(), frame, difference));
        }
      } catch (IOException e) {
        differences.add("%s, frame %d: %s".formatted(pair.name(), frame, e));
      }
    }
    return differences;
  }
}
