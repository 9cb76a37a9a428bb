package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.wado.web.MultipartBody;
import org.regionalpacs.wado.web.Part;

class StoreIT extends WadoIT {
  private static final String STUDIES = "/dicom-web/studies";

  @Test
  void givenOneObjectAlone_thenItIsStored() {
    Attributes image = SampleObjects.newStudy().image(1);
    Answer answer =
        send(
            "POST",
            STUDIES,
            BodyPublishers.ofByteArray(part10(image)),
            "Content-Type",
            "application/dicom");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/dicom+json");
    assertThat(answer.json().at("/00081199/Value/0/00081155/Value/0").asString())
        .isEqualTo(image.getString(Tag.SOPInstanceUID, ""));
    assertThat(answer.json().at("/00081199/Value/0/00081190/Value/0").asString())
        .isEqualTo(BASE_URL + instancePath(image));
    assertThat(answer.json().has("00081198")).isFalse();
    StorageMessage message = indexer.index(1).getFirst();
    assertThat(message.source()).isEqualTo("STOW");
    assertThat(message.tenant()).isEqualTo("default");
  }

  @Test
  void givenABadPartAmongGoodOnes_thenTheOthersAreStored() {
    SampleObjects sample = SampleObjects.newStudy();
    byte[] noise = "this is no DICOM object, and never was one".getBytes(StandardCharsets.UTF_8);
    Attributes noStudy = SampleObjects.newStudy().image(2).remove(Tag.StudyInstanceUID);
    Answer answer =
        store(STUDIES, part10(sample.image(1)), noise, part10(noStudy), part10(sample.image(2)));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().at("/00081199/Value")).hasSize(2);
    assertThat(answer.json().at("/0008119A/Value")).hasSize(1);
    assertThat(answer.json().at("/0008119A/Value/0/00081197/Value/0").asInt()).isEqualTo(0xC000);
    assertThat(answer.json().at("/00081198/Value")).hasSize(1);
    assertThat(answer.json().at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0xA900);
    assertThat(answer.json().at("/00081198/Value/0/00081155/Value/0").asString())
        .isEqualTo(noStudy.getString(Tag.SOPInstanceUID, ""));
    assertThat(answer.response().headers().allValues("Warning")).isNotEmpty();
    indexer.index(2);
    assertThat(get("/studies/" + sample.studyUid() + "/instances").json()).hasSize(2);
  }

  @Test
  void givenTheStudyOfThePath_thenOnlyItsObjectsAreStored() {
    SampleObjects wanted = SampleObjects.newStudy();
    Attributes other = SampleObjects.newStudy().image(1);
    String path = STUDIES + "/" + wanted.studyUid();

    Answer both = store(path, part10(other), part10(wanted.image(1)));
    assertThat(both.status()).isEqualTo(202);
    assertThat(both.json().at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0xC409);
    Answer none = store(path, part10(other, UID.ImplicitVRLittleEndian));
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.json().has("00081199")).isFalse();
    assertThat(indexer.index(1).getFirst().study()).isEqualTo(wanted.studyUid());
  }

  @Test
  void givenTheSameObjectAgain_thenThatIsASuccess() {
    byte[] image = part10(SampleObjects.newStudy().image(1));

    List<UUID> receptions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      assertThat(store(STUDIES, image).status()).isEqualTo(200);
      receptions.add(indexer.index(1).getFirst().receptionId());
    }
    assertThat(receptions.stream().distinct()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/plain                                          | x            | 415
          multipart/form-data; boundary=b                     | --b--        | 415
          multipart/related; type="text/xml"; boundary=b      | --b--        | 415
          multipart/related; type="application/json"; boundary=b | --b--     | 415
          application/dicom+json                              | []           | 400
          application/dicom+json                              | ''           | 400
          application/dicom+json                              | [{]          | 409
          application/dicom+xml                               | <a/>         | 409
          multipart/related; type="application/dicom+json"; boundary=b | --b-- | 400
          multipart/related; type="application/dicom+json"; boundary=b | x     | 400
          multipart/related; type="application/dicom"         | --b--        | 400
          multipart/related; type=application/dicom; boundary=b | nothing    | 400
          multipart/related; type=application/dicom; boundary=b | --b--      | 400
          multipart/related; type=application/dicom; boundary=b | ''         | 400
          application/dicom                                   | not dicom    | 409
          application/dicom                                   | ''           | 409
          """)
  void givenABodyThatIsNotTaken_thenAnAnswerThatSaysSo(String type, String body, int status) {
    Answer answer =
        send(
            "POST",
            STUDIES,
            BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)),
            "Content-Type",
            type);

    assertThat(answer.status()).isEqualTo(status);
    if (status != 409) {
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
    if (status == 415) {
      assertThat(answer.header("Accept")).contains("application/dicom+json");
    }
  }

  @Test
  void givenABodyThatBreaksOff_thenWhatCameBeforeIsStored() {
    byte[] image = part10(SampleObjects.newStudy().image(1));
    String end = "\r\n--b\r\nContent-Type: application/dicom\r\n\r\nhalf a par";
    byte[] start = "--b\r\nContent-Type: application/dicom\r\n\r\n".getBytes();
    byte[] body = concat(start, image, end.getBytes());
    Answer answer =
        send(
            "POST",
            STUDIES,
            BodyPublishers.ofByteArray(body),
            "Content-Type",
            "multipart/related; type=\"application/dicom\"; boundary=\"b\"");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().at("/00081199/Value")).hasSize(1);
    assertThat(answer.header("Warning")).contains("boundary");
    indexer.index(1);
  }

  @Test
  void givenAPartOfAnotherType_thenItFailsAlone() {
    byte[] image = part10(SampleObjects.newStudy().image(1));
    MultipartBody body =
        new MultipartBody(
            "application/dicom",
            List.of(
                new Part("text/plain", OptionalLong.empty(), out -> out.write('x')),
                new Part("application/dicom", OptionalLong.empty(), out -> out.write(image))));

    assertThat(store(STUDIES, body).status()).isEqualTo(202);
    indexer.index(1);
  }

  private static byte[] concat(byte[]... pieces) {
    var all = new java.io.ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }
}
