package org.regionalpacs.codec.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.codec.Agreement;
import org.regionalpacs.codec.FrameDecoders;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;

/**
 * What another program decodes of a file.
 *
 * @param name of the program, or of the file that has the pixels
 * @param frames that it makes
 */
record Oracle(String name, List<Samples> frames) {
  static final List<String> PROGRAMS =
      List.of("dcmconv", "dcmdrle", "dcmdjpeg", "dcmdjpls", "gdcmconv");

  private static final Map<String, String> SIBLINGS =
      Map.of(
          "liver_rle.dcm", "liver.dcm",
          "liver_deflate.dcm", "liver.dcm",
          "liver_nonbyte_aligned_rle.dcm", "liver_nonbyte_aligned.dcm",
          "liver_nonbyte_aligned_deflate.dcm", "liver_nonbyte_aligned.dcm",
          "emri_small_jpeg_2k_lossless_too_short.dcm", "emri_small.dcm");

  /** The first that can read it; empty when none can. */
  static Optional<Oracle> of(Path file, String syntax, Path folder) throws IOException {
    Optional<Path> raw = raw(file, syntax);
    if (raw.isPresent()) {
      Samples samples = Samples.of(Agreement.image(file), Files.readAllBytes(raw.get()));
      return Optional.of(new Oracle(raw.get().getFileName().toString(), List.of(samples)));
    }
    Optional<Path> sibling = sibling(file);
    if (sibling.isPresent()) {
      return Optional.of(
          new Oracle(sibling.get().getFileName().toString(), frames(sibling.get(), syntax)));
    }
    for (List<String> program : programs(syntax)) {
      Path native_ = Files.createTempFile(folder, "native", ".dcm");
      List<Object> arguments = new ArrayList<>(program.subList(1, program.size()));
      arguments.addAll(List.of(file, native_));
      try {
        if (ExternalTool.named(program.getFirst()).run(arguments.toArray()).code() == 0) {
          return Optional.of(new Oracle(program.getFirst(), frames(native_, syntax)));
        }
      } catch (IOException e) {
        // What it wrote is no image; the next one may do better.
        continue;
      } finally {
        Files.delete(native_);
      }
    }
    return Optional.empty();
  }

  /** The object that was encoded without loss, where no program decodes what it became. */
  private static Optional<Path> sibling(Path file) {
    return Optional.ofNullable(SIBLINGS.get(file.getFileName().toString()))
        .map(file::resolveSibling);
  }

  /** The pixels that were encoded without loss, of files that we made. */
  private static Optional<Path> raw(Path file, String syntax) {
    String name = Testdata.folder().relativize(file).toString();
    if (!name.startsWith("synthetic/ts/") || isLossy(syntax)) {
      return Optional.empty();
    }
    Path own = Path.of(file.toString().replace(".dcm", ".raw"));
    return Optional.of(Files.exists(own) ? own : file.resolveSibling("ctsrc.raw"));
  }

  private static boolean isLossy(String syntax) {
    return switch (syntax) {
      case UID.JPEG2000, UID.JPEGLSNearLossless, UID.HTJ2K -> true;
      default -> isDct(syntax);
    };
  }

  private static boolean isDct(String syntax) {
    return switch (syntax) {
      case UID.JPEGBaseline8Bit,
          UID.JPEGExtended12Bit,
          UID.JPEGSpectralSelectionNonHierarchical68,
          UID.JPEGFullProgressionNonHierarchical1012 ->
          true;
      default -> false;
    };
  }

  private static List<List<String>> programs(String syntax) {
    List<String> gdcm = List.of("gdcmconv", "--raw");
    return switch (syntax) {
      case UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.ExplicitVRBigEndian,
          UID.DeflatedExplicitVRLittleEndian ->
          List.of(List.of("dcmconv", "--write-xfer-little"), gdcm);
      case UID.RLELossless -> List.of(List.of("dcmdrle"), gdcm);
      case UID.JPEGLSLossless, UID.JPEGLSNearLossless -> List.of(List.of("dcmdjpls"), gdcm);
      case UID.JPEGLossless, UID.JPEGLosslessSV1 ->
          List.of(List.of("dcmdjpeg", "--conv-never"), gdcm);
      case UID.JPEG2000Lossless, UID.JPEG2000 -> List.of(gdcm);
      default -> isDct(syntax) ? List.of(List.of("dcmdjpeg", "--conv-never"), gdcm) : List.of();
    };
  }

  private static List<Samples> frames(Path file, String syntax) throws IOException {
    ByteSource source = ByteSource.of(file);
    PixelFrames frames = PixelFrames.of(source);
    ImageDescription image = Agreement.image(file);
    // DCMTK's samples of DCT may have more bits than are stored; we end at the greatest.
    boolean all = isDct(syntax) && !image.signed() && image.bitsAllocated() > 8;
    List<Samples> samples = new ArrayList<>();
    for (int frame = 1; frame <= frames.count(); frame++) {
      samples.add(
          all
              ? Agreement.allBits(file, frame)
              : FrameDecoders.of(frames.transferSyntax())
                  .orElseThrow()
                  .decode(Agreement.bytes(source, frames, frame), frames.transferSyntax(), image));
    }
    return samples;
  }
}
