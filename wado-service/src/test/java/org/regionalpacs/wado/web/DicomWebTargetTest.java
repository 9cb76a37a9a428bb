package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DicomWebTargetTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # PS3.18 8.9
          GET     | /dicom-web                                              | capabilities       |     |     |
          GET     | /dicom-web/                                             | capabilities       |     |     |
          # PS3.18 9
          GET     | /wado                                                   | WADO-URI           |     |     |
          # PS3.18 10.4.1.1.1 to 10.4.1.1.3
          GET     | /dicom-web/studies/1.2                                  | WADO-RS study      | 1.2 |     |
          GET     | /dicom-web/studies/1.2/                                 | WADO-RS study      | 1.2 |     |
          HEAD    | /dicom-web/studies/1.2/series/3                         | WADO-RS series     | 1.2 | 3   |
          GET     | /dicom-web/studies/1.2/series/3/instances/4             | WADO-RS instance   | 1.2 | 3   | 4
          # PS3.18 10.4.1.1.4
          GET     | /dicom-web/studies/1.2/metadata                         | WADO-RS metadata   | 1.2 |     |
          GET     | /dicom-web/studies/1.2/series/3/metadata                | WADO-RS metadata   | 1.2 | 3   |
          GET     | /dicom-web/studies/1.2/series/3/instances/4/metadata    | WADO-RS metadata   | 1.2 | 3   | 4
          # PS3.18 10.4.1.1.5 and 10.4.1.1.6
          GET     | /dicom-web/studies/1.2/series/3/instances/4/bulkdata/7FE00010 | WADO-RS bulkdata | 1.2 | 3 | 4
          GET     | /dicom-web/studies/1.2/series/3/instances/4/bulk/00480105/1/00282000 | WADO-RS bulkdata | 1.2 | 3 | 4
          GET     | /dicom-web/studies/1.2/series/3/instances/4/frames/1,2  | WADO-RS frames     | 1.2 | 3   | 4
          # PS3.18 10.4.1.1.3 rendered and thumbnail
          GET     | /dicom-web/studies/1.2/rendered                         | WADO-RS rendered   | 1.2 |     |
          GET     | /dicom-web/studies/1.2/series/3/thumbnail               | WADO-RS thumbnail  | 1.2 | 3   |
          GET     | /dicom-web/studies/1.2/series/3/instances/4/frames/1/rendered | WADO-RS rendered | 1.2 | 3 | 4
          GET     | /dicom-web/studies/1.2/series/3/instances/4/frames/1/thumbnail | WADO-RS thumbnail | 1.2 | 3 | 4
          # PS3.18 10.5
          POST    | /dicom-web/studies                                      | STOW-RS            |     |     |
          POST    | /dicom-web/studies/1.2                                  | STOW-RS            | 1.2 |     |
          # PS3.18 10.6
          GET     | /dicom-web/studies                                      | QIDO-RS studies    |     |     |
          GET     | /dicom-web/series                                       | QIDO-RS series     |     |     |
          GET     | /dicom-web/instances                                    | QIDO-RS instances  |     |     |
          GET     | /dicom-web/studies/1.2/series                           | QIDO-RS series     | 1.2 |     |
          GET     | /dicom-web/studies/1.2/instances                        | QIDO-RS instances  | 1.2 |     |
          GET     | /dicom-web/studies/1.2/series/3/instances               | QIDO-RS instances  | 1.2 | 3   |
          # Beyond the standard
          DELETE  | /dicom-web/studies/1.2                                  | DELETE study       | 1.2 |     |
          DELETE  | /dicom-web/studies/1.2/series/3                         | DELETE series      | 1.2 | 3   |
          DELETE  | /dicom-web/studies/1.2/series/3/instances/4             | DELETE instance    | 1.2 | 3   | 4
          GET     | /dicom-web/changes                                      | changes            |     |     |
          GET     | /dicom-web/changes/latest                               | changes            |     |     |
          # What isn't served
          PUT     | /dicom-web/studies/1.2                                  | unknown            | 1.2 |     |
          GET     | /dicom-web/study/1.2                                    | unknown            |     |     |
          GET     | /dicom-web/studies/1.2/series/3/instances/4/nothing     | unknown            | 1.2 | 3   | 4
          POST    | /dicom-web/studies/1.2/series                           | unknown            | 1.2 |     |
          DELETE  | /dicom-web/studies                                      | unknown            |     |     |
          """)
  void givenAPath_thenItsTargetIsKnown(
      String method, String path, String operation, String study, String series, String instance) {
    DicomWebTarget target =
        new DicomWebTarget(
            operation, Optional.empty(), orEmpty(study), orEmpty(series), orEmpty(instance));
    assertThat(DicomWebTarget.of(method, path)).contains(target);
    assertThat(DicomWebTarget.of(method, "/tenants/other" + path))
        .contains(
            new DicomWebTarget(
                operation,
                Optional.of("other"),
                orEmpty(study),
                orEmpty(series),
                orEmpty(instance)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/api/pins",
        "/api/statistics/wado",
        "/tenants/other/api/conflicts",
        "/viewer/dicom-web",
        "/dicom-webs/studies",
        "/wado/more",
        "/tenants/dicom-web"
      })
  void givenAnotherPath_thenItIsNoneOfDicomWeb(String path) {
    assertThat(DicomWebTarget.of("GET", path)).isEmpty();
  }

  @Test
  void givenAPathOfMany_thenItIsReadAllTheSame() {
    assertThat(DicomWebTarget.of("GET", "/dicom-web" + "/x".repeat(4000)).orElseThrow().operation())
        .isEqualTo("unknown");
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
