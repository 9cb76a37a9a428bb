package org.regionalpacs.codec.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.regionalpacs.codec.Agreement;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.FrameDecoders;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.NoPixelDataException;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.test.Testdata;

/**
 * A file of the table.
 *
 * @param syntax its transfer syntax
 * @param frames how many there are
 * @param oracle with what they were compared
 * @param outcome "exact", or something that must be explained
 */
record Row(String file, String syntax, int frames, String oracle, String outcome) {
  private static final String EXACT = "exact";

  /** The row of a file; empty when it has no pixel data. */
  static Optional<Row> of(Path file, Path folder) {
    String name = Testdata.folder().relativize(file).toString();
    String syntax = "";
    int count = 0;
    try {
      syntax = syntax(file);
      ByteSource source = ByteSource.of(file);
      PixelFrames frames = PixelFrames.of(source);
      count = frames.count();
      return Optional.of(compared(name, syntax, file, source, frames, folder));
    } catch (NoPixelDataException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(new Row(name, syntax, count, "", "refused: " + e.getMessage()));
    }
  }

  private static String syntax(Path file) throws IOException {
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      return in.transferSyntax();
    }
  }

  private static Row compared(
      String name, String syntax, Path file, ByteSource source, PixelFrames frames, Path folder)
      throws IOException {
    ImageDescription image = Agreement.image(file);
    String read = frames.transferSyntax();
    FrameDecoder decoder =
        FrameDecoders.of(read)
            .or(() -> ForeignCodecs.decoder(read))
            .orElseThrow(() -> new UnsupportedImageException("there is no decoder"));
    Optional<Oracle> oracle = Oracle.of(file, syntax, folder);
    long difference = 0;
    for (int frame = 1; frame <= frames.count(); frame++) {
      Samples ours = decoder.decode(Agreement.bytes(source, frames, frame), read, image);
      if (oracle.isPresent() && frame <= oracle.get().frames().size()) {
        Samples theirs = oracle.get().frames().get(frame - 1);
        difference = Math.max(difference, difference(ours, theirs));
      }
    }
    String outcome = difference == 0 ? EXACT : "differs by " + difference;
    if (oracle.isEmpty()) {
      outcome = "decoded, compared with none";
    } else if (oracle.get().frames().size() != frames.count()) {
      outcome += ", of %d frames".formatted(oracle.get().frames().size());
    }
    return new Row(name, syntax, frames.count(), oracle.map(Oracle::name).orElse(""), outcome);
  }

  private static long difference(Samples ours, Samples theirs) throws CodecException {
    boolean alike =
        ours.image().rows() == theirs.image().rows()
            && ours.image().columns() == theirs.image().columns()
            && ours.image().photometric().samples() == theirs.image().photometric().samples();
    if (!alike) {
      throw new UnsupportedImageException("the oracle makes " + theirs.image());
    }
    return Agreement.difference(ours, theirs);
  }

  boolean isExact() {
    return outcome.equals(EXACT);
  }

  /** A row of Markdown. */
  String markdown(String reason) {
    return "| %s | %s | %s | %s | %s%s |"
        .formatted(file, syntax, frames, oracle, outcome, reason.isEmpty() ? "" : ": " + reason);
  }
}
