package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.wado.retrieve.HeldEncoding.Kind;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.springframework.mock.web.MockHttpServletRequest;

/** PS3.18 8.7.3.3: what is accepted, what the frames are in, what they are called. */
class FrameNegotiationTest {
  private static final String VIEWER =
      "multipart/related; type=\"image/jls\"; transfer-syntax=1.2.840.10008.1.2.4.80,"
          + " multipart/related; type=\"image/jls\"; transfer-syntax=1.2.840.10008.1.2.4.81,"
          + " multipart/related; type=\"image/jp2\"; transfer-syntax=1.2.840.10008.1.2.4.90,"
          + " multipart/related; type=\"image/jp2\"; transfer-syntax=1.2.840.10008.1.2.4.91,"
          + " multipart/related; type=\"image/jpx\"; transfer-syntax=1.2.840.10008.1.2.4.92,"
          + " multipart/related; type=\"image/jpx\"; transfer-syntax=1.2.840.10008.1.2.4.93,"
          + " multipart/related; type=\"application/octet-stream\"; transfer-syntax=*,"
          + " multipart/related; type=\"image/jpeg\"; transfer-syntax=1.2.840.10008.1.2.4.50";

  @ParameterizedTest(name = "8.7.3.3 frames in {0}, accepted {1}: {2} {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.2.840.10008.1.2.1     | MULTI type=application/octet-stream; transfer-syntax=*     | application/octet-stream | held
          1.2.840.10008.1.2.1     | MULTI type="application/octet-stream"                      | application/octet-stream | held
          1.2.840.10008.1.2.1     | MULTI type="application/octet-stream"; transfer-syntax=1.2.840.10008.1.2.1 | application/octet-stream | held
          1.2.840.10008.1.2       | MULTI type="application/octet-stream"                      | application/octet-stream | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.1     | MULTI type="image/jp2"                                     | image/jp2                | 1.2.840.10008.1.2.4.90
          1.2.840.10008.1.2.1     | MULTI type="image/jp2"; transfer-syntax=*                  | image/jp2                | 1.2.840.10008.1.2.4.90
          1.2.840.10008.1.2.1     | MULTI type="image/jp2"; transfer-syntax=1.2.840.10008.1.2.4.91 | none | -
          1.2.840.10008.1.2.1     | MULTI type="image/jls"                                     | image/jls                | 1.2.840.10008.1.2.4.80
          1.2.840.10008.1.2.1     | MULTI type="image/jpeg"                                    | image/jpeg               | 1.2.840.10008.1.2.4.70
          1.2.840.10008.1.2.1     | MULTI type="image/jpeg"; transfer-syntax=1.2.840.10008.1.2.4.57 | image/jpeg          | 1.2.840.10008.1.2.4.57
          1.2.840.10008.1.2.1     | MULTI type="image/jpeg"; transfer-syntax=1.2.840.10008.1.2.4.50 | none                | -
          1.2.840.10008.1.2.1     | image/dicom-rle                                            | image/dicom-rle          | 1.2.840.10008.1.2.5
          1.2.840.10008.1.2.1     | image/*                                                    | image/jpeg               | 1.2.840.10008.1.2.4.70
          1.2.840.10008.1.2.1     | MULTI type="image/jphc"                                    | none                     | -
          1.2.840.10008.1.2.1     | video/mp4                                                  | none                     | -
          1.2.840.10008.1.2.1     | MULTI type=application/octet-stream; transfer-syntax=1.2.840.10008.1.2.4.90 | application/octet-stream | 1.2.840.10008.1.2.4.90
          1.2.840.10008.1.2.1     | MULTI type=application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1.99 | none | -
          1.2.840.10008.1.2.1     | */*                                                        | application/octet-stream | held
          1.2.840.10008.1.2.1     | application/octet-stream                                   | application/octet-stream | held
          1.2.840.10008.1.2.1     | image/jp2, application/octet-stream                        | application/octet-stream | held
          1.2.840.10008.1.2.1     | image/jp2, application/octet-stream;q=0.9                  | image/jp2                | 1.2.840.10008.1.2.4.90
          1.2.840.10008.1.2.1     | image/jp2, */*                                             | image/jp2                | 1.2.840.10008.1.2.4.90
          1.2.840.10008.1.2.1     | VIEWER                                                     | application/octet-stream | held
          1.2.840.10008.1.2.4.80  | VIEWER                                                     | image/jls                | held
          1.2.840.10008.1.2.4.91  | VIEWER                                                     | image/jp2                | held
          1.2.840.10008.1.2.4.50  | VIEWER                                                     | image/jpeg               | held
          1.2.840.10008.1.2.4.70  | VIEWER                                                     | application/octet-stream | held
          1.2.840.10008.1.2.5     | VIEWER                                                     | application/octet-stream | held
          1.2.840.10008.1.2.4.201 | MULTI type=application/octet-stream; transfer-syntax="*"   | application/octet-stream | held
          1.2.840.10008.1.2.4.201 | MULTI type=image/jphc                                      | image/jphc               | held
          1.2.840.10008.1.2.4.201 | */*                                                        | image/jphc               | held
          1.2.840.10008.1.2.4.201 | image/*                                                    | image/jphc               | held
          1.2.840.10008.1.2.4.202 | MULTI type=image/jphc                                      | none                     | -
          1.2.840.10008.1.2.4.90  | MULTI type=application/octet-stream                        | application/octet-stream | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.4.90  | MULTI type=image/jpeg                                      | image/jpeg               | 1.2.840.10008.1.2.4.70
          1.2.840.10008.1.2.4.90  | image/jp2                                                  | image/jp2                | held
          1.2.840.10008.1.2.4.70  | MULTI type=image/jpeg                                      | image/jpeg               | held
          1.2.840.10008.1.2.4.57  | MULTI type=image/jpeg                                      | image/jpeg               | 1.2.840.10008.1.2.4.70
          1.2.840.10008.1.2.4.50  | MULTI type=image/jpeg                                      | image/jpeg               | held
          1.2.840.10008.1.2.4.50  | MULTI type=image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.70 | image/jpeg            | 1.2.840.10008.1.2.4.70
          1.2.840.10008.1.2.4.50  | MULTI type=application/octet-stream                        | application/octet-stream | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.4.102 | */*                                                        | video/mp4                | held
          1.2.840.10008.1.2.4.102 | MULTI type=application/octet-stream                        | none                     | -
          1.2.840.10008.1.2.4.93  | MULTI type=image/jpx                                       | image/jpx                | held
          1.2.840.10008.1.2.4.93  | MULTI type=image/jp2                                       | none                     | -
          1.2.840.10008.1.2.5     | MULTI type=image/x-dicom-rle                               | image/x-dicom-rle        | held
          1.2.840.10008.1.2.4.80  | MULTI type=image/x-jls                                     | image/x-jls              | held
          1.2.840.10008.1.2.4.90  | MULTI type=image/x-jls                                     | image/x-jls              | 1.2.840.10008.1.2.4.80
          1.2.840.10008.1.2.4.201 | MULTI type=image/jhc; transfer-syntax=1.2.840.10008.1.2.4.201 | image/jhc             | held
          1.2.840.10008.1.2.4.100 | MULTI type=video/mpeg2                                     | video/mpeg2              | held
          1.2.840.113619.5.2      | */*                                                        | application/octet-stream | held
          1.2.840.113619.5.2      | MULTI type=application/octet-stream                        | none                     | -
          """)
  void givenOneEncoding(String syntax, String accept, String expected, String sent) {
    if (expected.equals("none")) {
      assertThatThrownBy(() -> plan(accept, syntax, 1))
          .isInstanceOf(NotAcceptableException.class)
          .hasMessageContaining(syntax);
    } else {
      FrameNegotiation.Plan plan = plan(accept, syntax, 1);
      assertThat(plan.mediaType()).isEqualTo(expected);
      assertThat(plan.contentType())
          .endsWith("; transfer-syntax=" + (sent.equals("held") ? syntax : sent));
    }
  }

  /** R is a lossless rendition of 300 bytes in JPEG 2000, P a preview in JPEG, P91 in JPEG 2000. */
  @ParameterizedTest(name = "8.7.8 frames in {0}, accepted {1}: {2} {3} of the {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.2.840.10008.1.2.1 R    | */*                                             | image/jp2                | 1.2.840.10008.1.2.4.90 | LOSSLESS
          1.2.840.10008.1.2.1 R    | MULTI type=application/octet-stream; transfer-syntax=* | application/octet-stream | 1.2.840.10008.1.2.4.90 | LOSSLESS
          1.2.840.10008.1.2.1 R    | MULTI type=application/octet-stream              | application/octet-stream | 1.2.840.10008.1.2.1    | ORIGINAL
          1.2.840.10008.1.2.1 R    | image/jls                                       | image/jls                | 1.2.840.10008.1.2.4.80 | ORIGINAL
          1.2.840.10008.1.2.4.53 R | MULTI type=application/octet-stream; transfer-syntax=* | application/octet-stream | 1.2.840.10008.1.2.4.90 | LOSSLESS
          1.2.840.10008.1.2.4.53 R | image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.53 | image/jpeg            | 1.2.840.10008.1.2.4.53 | ORIGINAL
          1.2.840.10008.1.2.4.70 R | application/octet-stream                        | application/octet-stream | 1.2.840.10008.1.2.1    | LOSSLESS
          1.2.840.10008.1.2.4.93 R | application/octet-stream                        | application/octet-stream | 1.2.840.10008.1.2.1    | LOSSLESS
          1.2.840.10008.1.2.1 P    | */*                                             | application/octet-stream | 1.2.840.10008.1.2.1    | ORIGINAL
          1.2.840.10008.1.2.1 P    | image/jpeg                                      | image/jpeg               | 1.2.840.10008.1.2.4.70 | ORIGINAL
          1.2.840.10008.1.2.1 P    | image/jpeg; transfer-syntax=*                   | image/jpeg               | 1.2.840.10008.1.2.4.70 | ORIGINAL
          1.2.840.10008.1.2.1 P    | image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.50 | image/jpeg            | 1.2.840.10008.1.2.4.50 | PREVIEW
          1.2.840.10008.1.2.1 P91    | VIEWER                                        | application/octet-stream | 1.2.840.10008.1.2.1    | ORIGINAL
          1.2.840.10008.1.2 P91      | VIEWER                                        | application/octet-stream | 1.2.840.10008.1.2.1    | ORIGINAL
          1.2.840.10008.1.2.2 P91    | VIEWER                                        | application/octet-stream | 1.2.840.10008.1.2.1    | ORIGINAL
          1.2.840.10008.1.2.5 P91    | VIEWER                                        | application/octet-stream | 1.2.840.10008.1.2.5    | ORIGINAL
          1.2.840.10008.1.2.4.70 P91 | VIEWER                                        | application/octet-stream | 1.2.840.10008.1.2.4.70 | ORIGINAL
          1.2.840.10008.1.2.4.53 P91 | VIEWER                                        | application/octet-stream | 1.2.840.10008.1.2.4.53 | ORIGINAL
          1.2.840.10008.1.2.1 R P91  | VIEWER                                        | image/jp2                | 1.2.840.10008.1.2.4.90 | LOSSLESS
          1.2.840.10008.1.2.5 P91    | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1, image/jp2; transfer-syntax=1.2.840.10008.1.2.4.91 | application/octet-stream | 1.2.840.10008.1.2.1 | ORIGINAL
          1.2.840.10008.1.2.4.90 P91 | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1, image/jp2; transfer-syntax=1.2.840.10008.1.2.4.91 | application/octet-stream | 1.2.840.10008.1.2.1 | ORIGINAL
          1.2.840.10008.1.2.5 P91    | image/jls; q=0.1, image/jp2; transfer-syntax=1.2.840.10008.1.2.4.91 | image/jls | 1.2.840.10008.1.2.4.80 | ORIGINAL
          1.2.840.10008.1.2.5 P91    | image/jphc, image/jp2; transfer-syntax=1.2.840.10008.1.2.4.91 | image/jp2 | 1.2.840.10008.1.2.4.91 | PREVIEW
          1.2.840.10008.1.2.1 R P  | VIEWER                                          | image/jp2                | 1.2.840.10008.1.2.4.90 | LOSSLESS
          """)
  void givenRenditions(String held, String accept, String type, String sent, Kind kind) {
    FrameNegotiation.Plan plan = plan(accept, held, 1);

    assertThat(plan.contentType()).isEqualTo(type + "; transfer-syntax=" + sent);
    assertThat(plan.encoding().kind()).isEqualTo(kind);
  }

  @Test
  void givenLossIsWanted_thenTheRefusalNamesPictures() {
    assertThatThrownBy(
            () -> plan("image/jp2; transfer-syntax=" + UID.JPEG2000, UID.ExplicitVRLittleEndian, 1))
        .isInstanceOf(NotAcceptableException.class)
        .hasMessageContaining("/rendered")
        .hasMessageContaining(UID.JPEG2000Lossless);
  }

  @Test
  void givenSeveralFrames_thenTheyNeedAnEnvelope() {
    assertThatThrownBy(() -> plan("application/octet-stream", UID.ExplicitVRLittleEndian, 2))
        .isInstanceOf(NotAcceptableException.class);
    assertThat(plan("*/*", UID.ExplicitVRLittleEndian, 2).multipart()).isTrue();
    assertThat(plan("application/octet-stream", UID.ExplicitVRLittleEndian, 1).multipart())
        .isFalse();
  }

  private static FrameNegotiation.Plan plan(String accept, String syntax, int frames) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader(
        "Accept", accept.replace("MULTI", "multipart/related;").replace("VIEWER", VIEWER));
    String held =
        syntax
            .replace("R", "lossless:" + UID.JPEG2000Lossless + "/300")
            .replace("P91", "preview:" + UID.JPEG2000 + "/10")
            .replace("P", "preview:" + UID.JPEGBaseline8Bit + "/10");
    return FrameNegotiation.plans(AcceptHeader.of(request), Held.of(held), frames).getFirst();
  }
}
