package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.test.SampleObjects;

/** The picture that the viewer's page shows until the viewer does. */
class PreviewIT extends WadoIT {
  private static final String AXIAL = "1\\0\\0\\0\\1\\0";

  private SampleObjects study;

  @BeforeEach
  void newStudy() {
    study = SampleObjects.newStudy();
  }

  @Test
  void givenAStudy_thenItIsTheFirstImageAsItIsRendered() {
    Attributes first = study.image(1);
    stored(study.image(2), first, study.newSeries().image(1).setInt(Tag.SeriesNumber, 2));

    Answer preview = preview();

    assertThat(preview.status()).isEqualTo(200);
    assertThat(preview.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(preview.header("Content-Location"))
        .isEqualTo(BASE_URL + instancePath(first) + "/frames/1/rendered");
    Answer rendered = get(instancePath(first) + "/frames/1/rendered");
    assertThat(preview.body()).isEqualTo(rendered.body());
    assertThat(preview.header("ETag")).isEqualTo(rendered.header("ETag"));
  }

  /** Viewers sort what can be a volume against the direction its planes look in. */
  @ParameterizedTest
  @CsvSource({
    "CT, 0, 10, true",
    "CT, 10, 0, false",
    "MR, -10, 10, true",
    // No volume is made of these.
    "US, 0, 10, false"
  })
  void givenPositions_thenItIsTheOneThatAViewerPutsFirst(
      String modality, int one, int other, boolean isOther) {
    Attributes first = placed(study.image(1), modality, one, AXIAL);
    Attributes last = placed(study.image(2), modality, other, AXIAL);
    stored(first, last);

    assertThat(preview().header("Content-Location"))
        .contains((isOther ? last : first).getString(Tag.SOPInstanceUID, ""));
  }

  @Test
  void givenPlanesThatArentParallel_thenNumbersDecide() {
    Attributes first = placed(study.image(1), "MR", 0, AXIAL);
    stored(first, placed(study.image(2), "MR", 10, "1\\0\\0\\0\\0\\-1"));

    assertThat(preview().header("Content-Location"))
        .contains(first.getString(Tag.SOPInstanceUID, ""));
  }

  @Test
  void givenALargeImage_thenThePictureIsSmaller() throws IOException {
    stored(
        study
            .image(1)
            .setInt(Tag.Rows, 1000)
            .setInt(Tag.Columns, 2048)
            .setInt(Tag.BitsAllocated, 8)
            .setInt(Tag.BitsStored, 8)
            .setInt(Tag.HighBit, 7)
            .setBytes(Tag.PixelData, VR.OB, new byte[1000 * 2048]));

    var picture = ImageIO.read(new ByteArrayInputStream(preview().body()));

    assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(1024, 500);
  }

  @Test
  void givenItIsKnown_whenAskedForAgain_then304() {
    stored(study.image(1));
    String etag = preview().header("ETag");

    assertThat(preview("If-None-Match", etag).status()).isEqualTo(304);
  }

  @Test
  void givenAStudyOfDocuments_thenThereIsNoPicture() {
    stored(
        study
            .image(1)
            .remove(Tag.PixelData)
            .setString(Tag.Modality, "DOC")
            .setString(Tag.SOPClassUID, UID.EncapsulatedPDFStorage)
            .setBytes(Tag.EncapsulatedDocument, VR.OB, "%PDF".getBytes(StandardCharsets.US_ASCII)));

    assertNone(preview());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SM", "SEG"})
  void givenWhatTheViewerShowsOtherwise_thenThereIsNoPicture(String modality) {
    stored(study.image(1).setString(Tag.Modality, modality));

    assertNone(preview());
  }

  /** A browser would complain of everything else. */
  @Test
  void givenAnImageThatCantBeShown_thenThereIsNoPicture() {
    Attributes image = study.image(1).setBytes(Tag.PixelData, VR.OW, new byte[2]);
    stored(image);
    assertThat(get(instancePath(image) + "/rendered").status()).isEqualTo(406);

    assertNone(preview());
  }

  @Test
  void givenAnotherTenantOrNoStudy_thenThereIsNoPicture() {
    stored(study.image(1));

    assertNone(ask("/tenants/third/dicom-web/studies/" + study.studyUid() + "/preview"));
    assertNone(ask("/dicom-web/studies/1.2.3/preview"));
  }

  @Test
  void givenAnImageThatIsAway_thenThereIsNoPicture() throws IOException {
    Attributes image = study.image(1);
    stored(image);
    String name = image.getString(Tag.SOPInstanceUID, "");
    try (Stream<Path> files = Files.walk(onlineRoot)) {
      for (Path file : files.filter(each -> each.toString().contains(name)).toList()) {
        Files.delete(file);
      }
    }

    assertNone(preview());
  }

  @Test
  void givenALastObjectThatIsNoImage_thenItIsTheFirst() {
    Attributes first = placed(study.image(1), "CT", 0, AXIAL);
    stored(first, study.image(2).setString(Tag.Modality, "CT").remove(Tag.PixelData));

    assertThat(preview().header("Content-Location"))
        .contains(first.getString(Tag.SOPInstanceUID, ""));
  }

  @Test
  void givenNoUid_then400() {
    assertThat(ask("/dicom-web/studies/a%20b/preview").status()).isEqualTo(400);
  }

  private static Attributes placed(Attributes image, String modality, int z, String orientation) {
    return image
        .setString(Tag.Modality, modality)
        .setString(Tag.ImageOrientationPatient, VR.DS, orientation.split("\\\\"))
        .setString(Tag.ImagePositionPatient, VR.DS, "-100", "-100", Integer.toString(z));
  }

  private static void assertNone(Answer answer) {
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    // Images may come yet.
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(answer.header("Content-Location")).isEmpty();
  }

  private void stored(Attributes... objects) {
    for (Attributes object : objects) {
      assertThat(store("/dicom-web/studies", part10(object)).status()).isEqualTo(200);
    }
    indexer.index(objects.length);
  }

  private Answer preview(String... headers) {
    return ask("/dicom-web/studies/" + study.studyUid() + "/preview", headers);
  }

  private Answer ask(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }
}
