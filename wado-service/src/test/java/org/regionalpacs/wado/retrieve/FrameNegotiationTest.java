package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.UID;
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

  @ParameterizedTest(name = "frames in {0}, accepted {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.2.840.10008.1.2.1     | MULTI type=application/octet-stream; transfer-syntax=*     | application/octet-stream
          1.2.840.10008.1.2.1     | MULTI type="application/octet-stream"                      | application/octet-stream
          1.2.840.10008.1.2.1     | MULTI type="application/octet-stream"; transfer-syntax=1.2.840.10008.1.2.1 | application/octet-stream
          1.2.840.10008.1.2.1     | MULTI type="image/jp2"                                     | none
          1.2.840.10008.1.2.1     | */*                                                        | application/octet-stream
          1.2.840.10008.1.2.1     | application/octet-stream                                   | application/octet-stream
          1.2.840.10008.1.2.1     | VIEWER                                                     | application/octet-stream
          1.2.840.10008.1.2.4.80  | VIEWER                                                     | image/jls
          1.2.840.10008.1.2.4.91  | VIEWER                                                     | image/jp2
          1.2.840.10008.1.2.4.50  | VIEWER                                                     | image/jpeg
          1.2.840.10008.1.2.4.70  | VIEWER                                                     | application/octet-stream
          1.2.840.10008.1.2.5     | VIEWER                                                     | application/octet-stream
          1.2.840.10008.1.2.4.201 | MULTI type=application/octet-stream; transfer-syntax="*"   | application/octet-stream
          1.2.840.10008.1.2.4.201 | MULTI type=image/jphc                                      | image/jphc
          1.2.840.10008.1.2.4.201 | */*                                                        | image/jphc
          1.2.840.10008.1.2.4.201 | image/*                                                    | image/jphc
          1.2.840.10008.1.2.4.90  | MULTI type=application/octet-stream                        | none
          1.2.840.10008.1.2.4.90  | MULTI type=image/jpeg                                      | none
          1.2.840.10008.1.2.4.90  | image/jp2                                                  | image/jp2
          1.2.840.10008.1.2.4.70  | MULTI type=image/jpeg                                      | image/jpeg
          1.2.840.10008.1.2.4.57  | MULTI type=image/jpeg                                      | none
          1.2.840.10008.1.2.4.50  | MULTI type=image/jpeg                                      | image/jpeg
          1.2.840.10008.1.2.4.50  | MULTI type=image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.70 | none
          1.2.840.10008.1.2.4.102 | */*                                                        | video/mp4
          1.2.840.10008.1.2.5     | MULTI type=image/x-dicom-rle                               | image/x-dicom-rle
          1.2.840.10008.1.2.4.80  | MULTI type=image/x-jls                                     | image/x-jls
          1.2.840.10008.1.2.4.90  | MULTI type=image/x-jls                                     | none
          1.2.840.10008.1.2.4.201 | MULTI type=image/jhc; transfer-syntax=1.2.840.10008.1.2.4.201 | image/jhc
          1.2.840.10008.1.2.4.100 | MULTI type=video/mpeg2                                     | video/mpeg2
          1.2.840.113619.5.2      | */*                                                        | application/octet-stream
          """)
  void givenFramesAsStored(String syntax, String accept, String expected) {
    if (expected.equals("none")) {
      assertThatThrownBy(() -> plan(accept, syntax, 1))
          .isInstanceOf(NotAcceptableException.class)
          .hasMessageContaining(syntax);
    } else {
      FrameNegotiation.Plan plan = plan(accept, syntax, 1);
      assertThat(plan.mediaType()).isEqualTo(expected);
      assertThat(plan.contentType()).endsWith("; transfer-syntax=" + syntax);
    }
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
    return FrameNegotiation.plan(AcceptHeader.of(request), syntax, frames);
  }
}
