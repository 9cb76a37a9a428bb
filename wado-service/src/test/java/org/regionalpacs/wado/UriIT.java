package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.test.SampleObjects;

/** WADO-URI (PS3.18 9): one object by query parameters. */
class UriIT extends WadoIT {
  private final Attributes explicit = SampleObjects.newStudy().image(1);
  private final Attributes small = grey(1);
  private final Attributes multiFrame = grey(3);
  private final Attributes implicit = SampleObjects.newStudy().image(1);

  @BeforeAll
  void storeSome() {
    assertThat(
            store("/dicom-web/studies", part10(explicit), part10(small), part10(multiFrame))
                .status())
        .isEqualTo(200);
    byte[] other = part10(implicit, UID.ImplicitVRLittleEndian);
    assertThat(store("/tenants/third/dicom-web/studies", other).status()).isEqualTo(200);
    indexer.index(4);
  }

  /** In each, "+" stands for the object's own parameters. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          9.1.2.2.1 contentType          | +&contentType=application/dicom                    |                   | 200
          9.1.2.2.1 several              | +&contentType=image/jp2,application/dicom          |                   | 200
          Accept instead                 | +                                                  | application/dicom | 200
          9.1.2.2.2 transferSyntax       | +&contentType=application/dicom&transferSyntax=1.2.840.10008.1.2.1 | | 200
          9.1.2.2.2 one that is made     | +&contentType=application/dicom&transferSyntax=1.2.840.10008.1.2.5 | | 200
          one with loss                  | +&contentType=application/dicom&transferSyntax=1.2.840.10008.1.2.4.50 | | 406
          implicit is not for the web    | +&contentType=application/dicom&transferSyntax=1.2.840.10008.1.2 | | 406
          no transfer syntax             | +&contentType=application/dicom&transferSyntax=jpeg |                  | 400
          no request type                | studyUID=1.2&seriesUID=1.2&objectUID=1.2           |                   | 400
          another request type           | requestType=GET&studyUID=1.2&seriesUID=1.2&objectUID=1.2 |             | 400
          no object                      | requestType=WADO&studyUID=1.2&seriesUID=1.2        |                   | 400
          a path for a UID               | requestType=WADO&studyUID=../etc&seriesUID=1.2&objectUID=1.2 |         | 400
          an unknown object              | requestType=WADO&studyUID=1.2&seriesUID=1.2&objectUID=1.2&contentType=application/dicom | | 404
          9.5.3 none that can be made    | +&contentType=video/mp4                            |                   | 406
          9.5.1.2.1 no such frame        | +&contentType=image/png&frameNumber=2              |                   | 400
          9.5.1.2.6 half a window        | +&windowCenter=5                                   |                   | 400
          9.5.1.2.7 presentation state   | +&presentationUID=1.2&presentationSeriesUID=1.3    |                   | 400
          9.4.1.2.1 anonymized picture   | +&contentType=image/jpeg&anonymize=yes             |                   | 400
          a UID twice                    | +&objectUID=1.2                                    |                   | 400
          9.4.1.2.1 anonymized           | +&contentType=application/dicom&anonymize=yes      |                   | 400
          """)
  void givenParameters_thenAnswer(String name, String query, String accept, int status) {
    String path = "/wado?" + query.replace("+", parameters(explicit));
    Answer answer =
        accept == null
            ? send("GET", path, BodyPublishers.noBody())
            : send("GET", path, BodyPublishers.noBody(), "Accept", accept);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type"))
        .startsWith(status == 200 ? "application/dicom" : "application/problem+json");
    if (status == 200) {
      assertThat(Arrays.copyOfRange(answer.body(), 128, 132)).isEqualTo("DICM".getBytes());
      assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(answer.body().length));
    }
  }

  @Test
  void givenATenant_whenItsObjectIsImplicit_thenItComesExplicitAndToItsOwnOnly() {
    String query = "?" + parameters(implicit) + "&contentType=application/dicom";

    Answer own = send("GET", "/tenants/third/wado" + query, BodyPublishers.noBody());
    assertThat(own.status()).isEqualTo(200);
    assertThat(own.header("Content-Type"))
        .endsWith("transfer-syntax=" + UID.ExplicitVRLittleEndian);
    assertThat(send("GET", "/wado" + query, BodyPublishers.noBody()).status()).isEqualTo(404);
  }

  @Test
  void givenParametersOfRendering_whenTheObjectIsWanted_thenAWarningNamesThem() {
    String path = "/wado?" + parameters(explicit) + "&contentType=application/dicom&rows=64";

    Answer head = send("HEAD", path, BodyPublishers.noBody());

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("Warning")).startsWith("299 " + BASE_URL).contains("rows");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          8.7.4 nothing said             | one   |                                          |            | image/jpeg | 8 | 6
          8.7.4 everything accepted      | one   |                                          | */*        | image/jpeg | 8 | 6
          9.1.2.2.1 contentType          | one   | &contentType=image/png                   | image/jpeg | image/png  | 8 | 6
          9.1.2.2.1 Accept               | one   |                                          | image/gif  | image/gif  | 8 | 6
          9.5.1.2.1 one frame            | multi | &contentType=image/png&frameNumber=2     |            | image/png  | 8 | 6
          9.5.1.2.4 rows                 | one   | &contentType=image/png&rows=3            |            | image/png  | 4 | 3
          9.5.1.2.4 rows and columns     | one   | &contentType=image/png&rows=60&columns=16 |           | image/png  | 16 | 12
          9.5.1.2.5 region               | one   | &contentType=image/png&region=0.5,0,1,1  |            | image/png  | 4 | 6
          charset is of no use           | one   | &contentType=image/jpeg&charset=utf-8    |            | image/jpeg | 8 | 6
          """)
  void givenAnImage_thenItIsRendered(
      String name, String object, String query, String accept, String type, int width, int height)
      throws IOException {
    String path =
        "/wado?"
            + parameters(object.equals("one") ? small : multiFrame)
            + (query == null ? "" : query);
    Answer answer =
        accept == null
            ? send("GET", path, BodyPublishers.noBody())
            : send("GET", path, BodyPublishers.noBody(), "Accept", accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(type);
    assertThat(answer.header("Warning")).isEmpty();
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
    assertThat(picture.getWidth()).isEqualTo(width);
    assertThat(picture.getHeight()).isEqualTo(height);
  }

  @Test
  void givenAFrameAWindowAndARegion_thenTheLevelsAreThose() throws IOException {
    String path =
        "/wado?"
            + parameters(multiFrame)
            + "&contentType=image/png&windowCenter=128&windowWidth=256&region=0.25,0,1,1&frameNumber=";

    // Pixels are 10 * frame + column.
    assertThat(row(send("GET", path + 2, BodyPublishers.noBody()).body()))
        .containsExactly(22, 23, 24, 25, 26, 27);
    Answer last = send("GET", path + 3, BodyPublishers.noBody());
    assertThat(row(last.body())).startsWith(32, 33);
    assertThat(send("GET", path + 4, BodyPublishers.noBody()).status()).isEqualTo(400);
    String etag = last.header("ETag");
    assertThat(send("GET", path + 3, BodyPublishers.noBody(), "If-None-Match", etag).status())
        .isEqualTo(304);
    assertThat(send("GET", path + 2, BodyPublishers.noBody(), "If-None-Match", etag).status())
        .isEqualTo(200);
  }

  @Test
  void givenAMultiFrameImage_thenItIsSentItselfUnlessAPictureIsWanted() {
    String path = "/wado?" + parameters(multiFrame);

    assertThat(send("GET", path, BodyPublishers.noBody()).header("Content-Type"))
        .startsWith("application/dicom");
    Answer moving = send("GET", path + "&contentType=image/gif", BodyPublishers.noBody());
    assertThat(moving.header("Content-Type")).isEqualTo("image/gif");
    assertThat(new String(moving.body(), StandardCharsets.ISO_8859_1)).contains("NETSCAPE2.0");
  }

  @Test
  void givenAPrivacyRequest_thenTheRefusalSaysWhatToDo() {
    String path = "/wado?" + parameters(small) + "&contentType=image/jpeg&anonymize=yes";
    Answer answer = send("GET", path, BodyPublishers.noBody());

    assertThat(answer.json().get("parameter").asString()).isEqualTo("anonymize");
    assertThat(answer.json().get("detail").asString()).contains("leave anonymize out");
  }

  private static int[] row(byte[] png) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    return picture.getRaster().getSamples(0, 2, picture.getWidth(), 1, 0, (int[]) null);
  }

  /** 8 columns and 6 rows; pixels are 10 * frame + column. */
  private static Attributes grey(int frames) {
    byte[] pixels = new byte[frames * 48];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (10 * (i / 48 + 1) + i % 8);
    }
    Attributes image =
        SampleObjects.newStudy()
            .image(1)
            .setInt(Tag.Rows, 6)
            .setInt(Tag.Columns, 8)
            .setInt(Tag.BitsAllocated, 8)
            .setInt(Tag.BitsStored, 8)
            .setInt(Tag.HighBit, 7)
            .setInt(Tag.RescaleIntercept, 0)
            .setBytes(Tag.PixelData, VR.OB, pixels);
    return frames == 1 ? image : image.setInt(Tag.NumberOfFrames, frames);
  }

  private static String parameters(Attributes object) {
    return "requestType=WADO&studyUID=%s&seriesUID=%s&objectUID=%s"
        .formatted(
            object.getString(Tag.StudyInstanceUID, ""),
            object.getString(Tag.SeriesInstanceUID, ""),
            object.getString(Tag.SOPInstanceUID, ""));
  }
}
