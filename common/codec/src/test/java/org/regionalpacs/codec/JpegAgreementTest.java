package org.regionalpacs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;

/** JPEG samples are shown as they are after DCMTK has decompressed them. */
class JpegAgreementTest {
  @TempDir Path folder;

  @Test
  void givenEveryBaselineSample_whenShown_thenNearlyEveryPixelIsThatOfDcmtk() throws Exception {
    ExternalTool dcmdjpeg = ExternalTool.named("dcmdjpeg");
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Path file : Testdata.dicomFiles()) {
      if (!isBaseline(file)) {
        continue;
      }
      Path native_ = folder.resolve("native.dcm");
      if (dcmdjpeg.run(file, native_).code() == 0) {
        compared++;
        String difference = compare(file, native_);
        if (!difference.isEmpty()) {
          differences.add(Testdata.folder().relativize(file) + ": " + difference);
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(20);
  }

  private static String compare(Path file, Path decompressed) {
    try {
      Shown ours = Shown.of(file, 1);
      Shown theirs = Shown.of(decompressed, 1);
      // Chroma is interpolated in more than one way, and transformed back with other roundings.
      int wrong = ours.differences(theirs.levels(), ours.channels() == 1 ? 2 : 12);
      return wrong > ours.levels().length / 50 ? wrong + " of " + ours.levels().length : "";
    } catch (IOException | RuntimeException e) {
      return e.toString();
    }
  }

  private static boolean isBaseline(Path file) {
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      return in.transferSyntax().equals(UID.JPEGBaseline8Bit) && Files.size(file) < 4_000_000;
    } catch (IOException e) {
      return false;
    }
  }
}
