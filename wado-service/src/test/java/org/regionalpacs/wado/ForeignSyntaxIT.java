package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.test.Testdata;
import org.springframework.beans.factory.annotation.Autowired;

/** Pictures of what C libraries decode, beside those of the same image that isn't compressed. */
class ForeignSyntaxIT extends WadoIT {
  private static final String SHOWN = "/rendered?accept=image/png&window=40,400,linear";

  @Autowired CodecProcesses codecs;

  @BeforeAll
  void libraries() {
    assumeTrue(codecs.availability(Duration.ofSeconds(60)).stream().allMatch(Availability::usable));
  }

  /** Stores a sample. */
  private Attributes stored(String name) throws IOException {
    Path file = Testdata.path("synthetic/ts/" + name);
    assertThat(store("/dicom-web/studies", Files.readAllBytes(file)).status()).isEqualTo(200);
    indexer.index(1);
    try (DicomInputStream in = DicomInputStream.ofFile(file)) {
      return in.readDataSetUntil(Tag.PixelData)
          .setString(Tag.TransferSyntaxUID, in.transferSyntax());
    }
  }

  /** Stores the same image with samples that aren't compressed. */
  private Attributes storedRaw(Attributes image, String raw) throws IOException {
    byte[] samples = Files.readAllBytes(Testdata.path("synthetic/ts/" + raw));
    Attributes plain =
        image
            .remove(Tag.TransferSyntaxUID)
            .setString(Tag.SOPInstanceUID, image.getString(Tag.SOPInstanceUID, "") + ".1")
            .setBytes(Tag.PixelData, VR.OW, samples);
    assertThat(store("/dicom-web/studies", part10(plain)).status()).isEqualTo(200);
    indexer.index(1);
    return plain;
  }

  private BufferedImage picture(String path) throws IOException {
    Answer answer = get(path);
    assertThat(answer.status()).isEqualTo(200);
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  @ParameterizedTest(name = "{0} {1} is {2} within {3}")
  @CsvSource({
    UID.JPEGLSLossless + ", jls80_ct.dcm, ctsrc.raw, 0",
    UID.JPEGLSNearLossless + ", jls81_ct.dcm, ctsrc.raw, 2",
    UID.JPEG2000Lossless + ", j2k90_ct.dcm, ctsrc.raw, 0",
    UID.JPEG2000 + ", j2k91_ct.dcm, ctsrc.raw, 16",
    UID.HTJ2KLossless + ", htj2k201_ct.dcm, htj2k201_ct.raw, 0",
    UID.HTJ2KLosslessRPCL + ", htj2k202_ct_rpcl.dcm, htj2k202_ct_rpcl.raw, 0"
  })
  void givenASyntaxOfALibrary_thenItsPictureIsThatOfTheImage(
      String syntax, String name, String raw, int tolerance) throws IOException {
    Attributes coded = stored(name);
    assertThat(coded.getString(Tag.TransferSyntaxUID)).hasValue(syntax);
    String path = instancePath(coded);
    BufferedImage shown = picture(path + SHOWN);
    BufferedImage expected = picture(instancePath(storedRaw(coded, raw)) + SHOWN);

    int greatest = 0;
    for (int y = 0; y < expected.getHeight(); y++) {
      for (int x = 0; x < expected.getWidth(); x++) {
        int one = expected.getRaster().getSample(x, y, 0);
        greatest = Math.max(greatest, Math.abs(one - shown.getRaster().getSample(x, y, 0)));
      }
    }
    assertThat(greatest).isLessThanOrEqualTo(tolerance);
    assertThat(picture(path + "/thumbnail?accept=image/png").getWidth()).isEqualTo(200);
  }

  @Test
  void givenLossyHighThroughput_thenThereIsAPicture() throws IOException {
    String path = instancePath(stored("htj2k203_ct.dcm"));

    assertThat(picture(path + SHOWN).getWidth()).isEqualTo(512);
  }

  @Test
  void givenColorThatWasTransformed_thenItComesBack() throws IOException {
    BufferedImage shown =
        picture(instancePath(stored("htj2k202_rgb.dcm")) + "/rendered?accept=image/png");
    byte[] raw = Files.readAllBytes(Testdata.path("synthetic/ts/htj2k202_rgb.raw"));

    for (int i = 0; i < raw.length; i++) {
      int x = i / 3 % shown.getWidth();
      int y = i / 3 / shown.getWidth();
      assertThat(shown.getRaster().getSample(x, y, i % 3)).isEqualTo(raw[i] & 0xFF);
    }
  }
}
