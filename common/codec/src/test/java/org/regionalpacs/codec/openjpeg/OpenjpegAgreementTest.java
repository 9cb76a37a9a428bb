package org.regionalpacs.codec.openjpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.codec.Agreement;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.Testdata;

/** JPEG 2000 frames decode to the samples that GDCM decompresses. */
class OpenjpegAgreementTest {
  @TempDir Path folder;

  @Test
  void givenEverySample_thenEverySampleIsThatOfGdcm() {
    ExternalTool gdcmconv = ExternalTool.named("gdcmconv");
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Path file : Agreement.files(Set.of(UID.JPEG2000Lossless, UID.JPEG2000))) {
      Path decompressed = folder.resolve("native.dcm");
      ExternalTool.Outcome outcome = gdcmconv.run("--raw", file, decompressed);
      String name = Testdata.folder().relativize(file).toString();
      if (name.endsWith("too_short.dcm") || name.endsWith("embedded-sequence-delimiter.dcm")) {
        // GDCM reads neither; see below.
        continue;
      }
      if (outcome.code() != 0) {
        differences.add(name + ": " + outcome.output());
        continue;
      }
      try {
        for (int frame : Agreement.ends(file)) {
          compared++;
          long difference =
              Agreement.difference(
                  Agreement.samples(file, frame), Agreement.samples(decompressed, frame));
          if (difference > 0) {
            differences.add(name + " " + frame + ": " + difference);
          }
        }
      } catch (IOException e) {
        differences.add(name + ": " + e);
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(20);
  }

  @Test
  void givenASizeThatADelimiterWasWrittenOver_thenItIsCorrupt() {
    Path embedded = Testdata.path("pydicom/test_files/JPEG2000-embedded-sequence-delimiter.dcm");

    assertThatThrownBy(() -> Agreement.samples(embedded, 1))
        .isInstanceOf(CorruptFrameException.class)
        .hasMessageContaining("3722445056 x 1024");
  }

  @Test
  void givenALastFragmentThatIsTooShort_thenEveryFrameIsDecoded() throws IOException {
    Path cut = Testdata.path("pydicom-data/data/emri_small_jpeg_2k_lossless_too_short.dcm");
    Path whole = Testdata.path("pydicom-data/data/emri_small_jpeg_2k_lossless.dcm");
    for (int frame = 1; frame <= Agreement.frames(whole); frame++) {
      assertThat(
              Agreement.difference(Agreement.samples(cut, frame), Agreement.samples(whole, frame)))
          .isZero();
    }
  }

  @Test
  void givenLossyHighThroughput_thenItIsNearTheLosslessOne() throws IOException {
    Path lossy = Testdata.path("pydicom-data/data/HTJ2K_08_RGB.dcm");
    Path exact = Testdata.path("pydicom-data/data/HTJ2KLossless_08_RGB.dcm");

    assertThat(Agreement.difference(Agreement.samples(lossy, 1), Agreement.samples(exact, 1)))
        .isBetween(1L, 40L);
  }

  /** The inverse irreversible wavelet is computed in floating point, and rounded. */
  @ParameterizedTest(name = "{0}: within {1}")
  @CsvSource({
    "pydicom-data/data/HTJ2KLossless_08_RGB.dcm, 0",
    "pydicom-data/data/HTJ2K_08_RGB.dcm, 1",
    "synthetic/ts/htj2k203_ct.dcm, 1"
  })
  void givenHighThroughput_thenSamplesAreThoseOfOpenjph(String name, int most) throws IOException {
    Path file = Testdata.path(name);
    Samples ours = Agreement.samples(file, 1);
    Path codestream = Files.write(folder.resolve("frame.j2c"), Agreement.frame(file, 1));
    boolean grey = ours.image().photometric().samples() == 1;
    Path picture = folder.resolve(grey ? "frame.pgm" : "frame.ppm");
    ExternalTool.Outcome outcome =
        ExternalTool.named("ojph_expand").run("-i", codestream, "-o", picture);

    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(Agreement.difference(ours, pixels(picture, ours.image())))
        .isBetween(0L, (long) most);
  }

  /** Of a PGM or PPM, whose words are big endian. */
  private static Samples pixels(Path picture, ImageDescription image) throws IOException {
    byte[] file = Files.readAllBytes(picture);
    byte[] pixels = Arrays.copyOfRange(file, file.length - (int) image.frameBytes(), file.length);
    return Samples.of(image, image.bitsAllocated() == 16 ? ByteOrder.swapped(pixels, 2) : pixels);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "htj2k201_ct, htj2k201_ct.raw",
    "htj2k202_ct_rpcl, htj2k202_ct_rpcl.raw",
    "htj2k202_rgb, htj2k202_rgb.raw",
    "j2k90_ct, ctsrc.raw"
  })
  void givenHighThroughput_thenEverySampleIsWhatWasEncoded(String name, String expected)
      throws IOException {
    Path folder = Testdata.path("synthetic/ts");
    Samples samples = Agreement.samples(folder.resolve(name + ".dcm"), 1);

    assertThat(samples.bytes()).isEqualTo(Files.readAllBytes(folder.resolve(expected)));
  }
}
