package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.SampleObjects;

/** WADO-URI (PS3.18 9): one object by query parameters. */
class UriIT extends WadoIT {
  private final Attributes explicit = SampleObjects.newStudy().image(1);
  private final Attributes implicit = SampleObjects.newStudy().image(1);

  @BeforeAll
  void storeSome() {
    assertThat(store("/dicom-web/studies", part10(explicit)).status()).isEqualTo(200);
    byte[] other = part10(implicit, UID.ImplicitVRLittleEndian);
    assertThat(store("/tenants/third/dicom-web/studies", other).status()).isEqualTo(200);
    indexer.index(2);
  }

  /** In each, "+" stands for the object's own parameters. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          9.1.2.2.1 contentType          | +&contentType=application/dicom                    |                   | 200
          several content types          | +&contentType=image/jpeg,application/dicom         |                   | 200
          Accept instead                 | +                                                  | application/dicom | 200
          9.1.2.2.2 transferSyntax       | +&contentType=application/dicom&transferSyntax=1.2.840.10008.1.2.1 | | 200
          one that it isn't stored in    | +&contentType=application/dicom&transferSyntax=1.2.840.10008.1.2.4.90 | | 406
          implicit is not for the web    | +&contentType=application/dicom&transferSyntax=1.2.840.10008.1.2 | | 406
          no transfer syntax             | +&contentType=application/dicom&transferSyntax=jpeg |                  | 400
          rendered                       | +&contentType=image/jpeg                           |                   | 406
          rendered, as nothing is said   | +                                                  |                   | 406
          rendered, as all is accepted   | +                                                  | */*               | 406
          no request type                | studyUID=1.2&seriesUID=1.2&objectUID=1.2           |                   | 400
          another request type           | requestType=GET&studyUID=1.2&seriesUID=1.2&objectUID=1.2 |             | 400
          no object                      | requestType=WADO&studyUID=1.2&seriesUID=1.2        |                   | 400
          a path for a UID               | requestType=WADO&studyUID=../etc&seriesUID=1.2&objectUID=1.2 |         | 400
          an unknown object              | requestType=WADO&studyUID=1.2&seriesUID=1.2&objectUID=1.2&contentType=application/dicom | | 404
          anonymized                     | +&contentType=application/dicom&anonymize=yes      |                   | 400
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

  private static String parameters(Attributes object) {
    return "requestType=WADO&studyUID=%s&seriesUID=%s&objectUID=%s"
        .formatted(
            object.getString(Tag.StudyInstanceUID, ""),
            object.getString(Tag.SeriesInstanceUID, ""),
            object.getString(Tag.SOPInstanceUID, ""));
  }
}
