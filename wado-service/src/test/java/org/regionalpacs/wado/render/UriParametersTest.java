package org.regionalpacs.wado.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.codec.display.VoiFunction;
import org.regionalpacs.codec.display.Window;
import org.regionalpacs.wado.web.BadParameterException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

class UriParametersTest {
  private static final RenderProperties PROPERTIES =
      new RenderProperties(
          DataSize.ofMegabytes(8),
          2,
          8,
          Duration.ofSeconds(1),
          Duration.ofSeconds(9),
          10_000,
          64,
          85,
          DataSize.ofMegabytes(1));

  private static MockHttpServletRequest request(String query) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    for (String pair : query.split("&")) {
      String[] parts = pair.split("=", 2);
      request.addParameter(parts[0], parts[1]);
    }
    return request;
  }

  private static UriParameters parse(String query) {
    return UriParameters.of(request(query), PROPERTIES);
  }

  @ParameterizedTest(name = "{2}: {0} names {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          frameNumber=0                       | frameNumber           | 9.5.1.2.1
          frameNumber=1.5                     | frameNumber           | 9.5.1.2.1
          frameNumber=1,2                     | frameNumber           | 9.5.2.1
          frameNumber=1&frameNumber=2         | frameNumber           | 9.5.2.1
          frameNumber=9999999999              | frameNumber           | 9.5.1.2.1
          annotation=physician                | annotation            | 9.5.1.2.2
          imageQuality=0                      | imageQuality          | 9.5.1.2.3
          imageQuality=101                    | imageQuality          | 9.5.1.2.3
          rows=0                              | rows                  | 9.5.1.2.4.1
          rows=-5                             | rows                  | 9.5.1.2.4.1
          rows=1e3                            | rows                  | 9.5.1.2.4.1
          rows=10001                          | rows                  | 9.5.1.2.4.1 too large
          columns=wide                        | columns               | 9.5.1.2.4.2
          rows=101&columns=100                | rows                  | 9.5.1.2.4 too large
          rows=999999999&columns=999999999    | rows                  | 9.5.1.2.4 too large
          region=0,0,1                        | region                | 9.5.1.2.5
          region=0,0,1,1,1                    | region                | 9.5.1.2.5
          region=0,0,1,1.1                    | region                | 9.5.1.2.5
          region=-0.1,0,1,1                   | region                | 9.5.1.2.5
          region=0.5,0,0.5,1                  | region                | 9.5.1.2.5
          region=0,0.6,1,0.5                  | region                | 9.5.1.2.5
          region=0,0,NaN,1                    | region                | 9.5.1.2.5
          windowCenter=40                     | windowWidth           | 9.5.1.2.6
          windowWidth=400                     | windowCenter          | 9.5.1.2.6
          windowCenter=a&windowWidth=400      | windowCenter          | 9.5.1.2.6.1
          windowCenter=1&windowWidth=0x10     | windowWidth           | 9.5.1.2.6.2
          windowCenter=1&windowWidth=0.5      | windowWidth           | 9.5.1.2.6.2
          presentationUID=1.2                 | presentationUID       | 9.5.1.2.7
          presentationSeriesUID=1.2           | presentationSeriesUID | 9.5.1.2.7
          """)
  void givenAValueThatCanNotBe_thenItIsRefusedByName(String query, String name, String section) {
    assertThatThrownBy(() -> parse(query))
        .isInstanceOfSatisfying(
            BadParameterException.class, e -> assertThat(e.parameter()).isEqualTo(name));
  }

  @ParameterizedTest(name = "9.4.1.2.1: {0}")
  @ValueSource(
      strings = {
        "anonymize=yes",
        "anonymize=YES",
        "anonymize=",
        "Anonymize=true",
        "anonymize=no&anonymize=yes"
      })
  void givenAPrivacyRequest_thenItIsNeverPassedOver(String query) {
    assertThatThrownBy(() -> UriParameters.refuseAnonymizing(request(query)))
        .isInstanceOf(BadParameterException.class)
        .hasMessageContaining("aren't anonymized");
  }

  @Test
  void givenAnonymizeNo_thenItIsAsNothing() {
    UriParameters.refuseAnonymizing(request("anonymize=no&rows=1"));
  }

  /** 9.5.1.2.4: the picture is of a frame with 40 columns and 20 rows. */
  @ParameterizedTest(name = "9.5.1.2.4: {0}: {1} x {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rows=10                                   | 20 | 10
          columns=10                                | 10 | 5
          columns=80                                | 80 | 40
          rows=10&columns=10                        | 10 | 5
          rows=5&columns=99                         | 10 | 5
          region=0,0,0.5,0.5                        | 20 | 10
          region=0.25,0.5,0.5,1                     | 10 | 10
          region=0.25,0.5,0.5,1&rows=50             | 50 | 50
          region=0.999,0.999,1,1                    | 1  | 1
          """)
  void givenASizeOrARegion_thenThePictureIsSoLarge(String query, int width, int height) {
    assertThat(parse(query).picture().viewport().orElseThrow().sizeOf(40, 20))
        .isEqualTo(new Viewport.Size(width, height));
  }

  @Test
  void givenOneSide_whenTheImageIsALongStrip_thenThePictureIsBoundedAllTheSame() {
    Viewport.Size size = parse("rows=5000").picture().viewport().orElseThrow().sizeOf(65535, 1);

    assertThat((long) size.width() * size.height()).isLessThanOrEqualTo(10_000);
  }

  @Test
  void givenParameters_thenTheyAreRead() {
    UriParameters parameters =
        parse("frameNumber=7&windowCenter=-40.5&windowWidth=400&imageQuality=30&rows=");

    assertThat(parameters.frame()).hasValue(7);
    assertThat(parameters.picture().window()).hasValue(new Window(-40.5, 400, VoiFunction.LINEAR));
    assertThat(parameters.picture().quality()).isEqualTo(30);
    assertThat(parameters.picture().viewport()).isEmpty();
    assertThat(parse("frameNumber=").frame()).isEmpty();
  }
}
