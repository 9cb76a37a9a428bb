package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.wado.retrieve.ObjectNegotiation.Choice;
import org.regionalpacs.wado.web.AcceptHeader;
import org.springframework.mock.web.MockHttpServletRequest;

/** PS3.18 8.7.3.5, 8.7.8: what is accepted, what is stored, what is sent. */
class ObjectNegotiationTest {
  private static final String MULTIPART = "multipart/related; type=\"application/dicom\"";

  @ParameterizedTest(name = "8.7.3.5 stored {0}, accepted {1}: {2} {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.2.840.10008.1.2.1    | MULTI                                         | SEND_AS_STORED | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=*                      | SEND_AS_STORED | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2.1    | SEND_AS_STORED | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2.4.90 | TRANSCODE      | 1.2.840.10008.1.2.4.90
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2.4.80 | TRANSCODE      | 1.2.840.10008.1.2.4.80
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2.4.70 | TRANSCODE      | 1.2.840.10008.1.2.4.70
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2.4.57 | TRANSCODE      | 1.2.840.10008.1.2.4.57
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2.5    | TRANSCODE      | 1.2.840.10008.1.2.5
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2.1.99 | TRANSCODE      | 1.2.840.10008.1.2.1.99
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2.4.91 | NONE           | -
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2.4.50 | NONE           | -
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2.4.201 | NONE          | -
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2      | NONE           | -
          1.2.840.10008.1.2.1    | */*                                           | SEND_AS_STORED | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.1    | application/dicom                             | SEND_AS_STORED | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.1    | application/dicom+json                        | NONE           | -
          1.2.840.10008.1.2.1    | multipart/related; type="image/jpeg"          | NONE           | -
          1.2.840.10008.1.2.1    | multipart/related                             | SEND_AS_STORED | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2      | MULTI                                         | RECODE         | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2      | MULTI; transfer-syntax=*                      | SEND_AS_STORED | 1.2.840.10008.1.2
          1.2.840.10008.1.2      | MULTI; transfer-syntax=1.2.840.10008.1.2      | SEND_AS_STORED | 1.2.840.10008.1.2
          1.2.840.10008.1.2      | MULTI; transfer-syntax=1.2.840.10008.1.2.4.80 | TRANSCODE      | 1.2.840.10008.1.2.4.80
          1.2.840.10008.1.2      | */*                                           | RECODE         | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.2    | MULTI                                         | RECODE         | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.2    | MULTI; transfer-syntax=1.2.840.10008.1.2.2    | SEND_AS_STORED | 1.2.840.10008.1.2.2
          1.2.840.10008.1.2.1.99 | MULTI                                         | RECODE         | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.1.99 | MULTI; transfer-syntax=1.2.840.10008.1.2.1.99 | SEND_AS_STORED | 1.2.840.10008.1.2.1.99
          1.2.840.10008.1.2.4.90 | MULTI                                         | TRANSCODE      | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.4.90 | MULTI; transfer-syntax=1.2.840.10008.1.2.1    | TRANSCODE      | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.4.90 | MULTI; transfer-syntax=1.2.840.10008.1.2.4.90 | SEND_AS_STORED | 1.2.840.10008.1.2.4.90
          1.2.840.10008.1.2.4.90 | MULTI; transfer-syntax=*                      | SEND_AS_STORED | 1.2.840.10008.1.2.4.90
          1.2.840.10008.1.2.4.90 | */*                                           | SEND_AS_STORED | 1.2.840.10008.1.2.4.90
          1.2.840.10008.1.2.4.201 | MULTI                                        | TRANSCODE      | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.4.50 | MULTI                                         | SEND_AS_STORED | 1.2.840.10008.1.2.4.50
          1.2.840.10008.1.2.4.50 | MULTI; transfer-syntax=1.2.840.10008.1.2.1    | TRANSCODE      | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.4.50 | MULTI; transfer-syntax=1.2.840.10008.1.2.5    | TRANSCODE      | 1.2.840.10008.1.2.5
          1.2.840.10008.1.2.4.93 | MULTI                                         | SEND_AS_STORED | 1.2.840.10008.1.2.4.93
          1.2.840.10008.1.2.4.93 | MULTI; transfer-syntax=1.2.840.10008.1.2.1    | NONE           | -
          1.2.840.10008.1.2.4.102 | MULTI; transfer-syntax=1.2.840.10008.1.2.1   | NONE           | -
          1.2.840.113619.5.2     | MULTI                                         | NONE           | -
          1.2.840.113619.5.2     | MULTI; transfer-syntax=*                      | SEND_AS_STORED | 1.2.840.113619.5.2
          1.2.840.10008.1.2.4.90 | MULTI;q=0.9, MULTI; transfer-syntax=*;q=0.5   | TRANSCODE      | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2.4.90 | MULTI, MULTI; transfer-syntax=*               | SEND_AS_STORED | 1.2.840.10008.1.2.4.90
          1.2.840.10008.1.2.4.90 | MULTI, */*                                    | TRANSCODE      | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2      | MULTI;q=0.5, MULTI; transfer-syntax=*         | SEND_AS_STORED | 1.2.840.10008.1.2
          1.2.840.10008.1.2.1    | application/zip                               | SEND_AS_STORED | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2      | application/zip                               | RECODE         | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2      | application/zip; transfer-syntax=*            | SEND_AS_STORED | 1.2.840.10008.1.2
          1.2.840.10008.1.2.4.90 | application/zip                               | SEND_AS_STORED | 1.2.840.10008.1.2.4.90
          1.2.840.10008.1.2.4.90 | application/zip; transfer-syntax=1.2.840.10008.1.2.1 | TRANSCODE | 1.2.840.10008.1.2.1
          1.2.840.10008.1.2      | MULTI;q=0.9, MULTI; transfer-syntax=*;q=0.5   | RECODE         | 1.2.840.10008.1.2.1
          """)
  void givenOneEncoding(String stored, String accept, ObjectAction expected, String sent) {
    List<Choice> choices = choices(accept, true, stored);
    if (expected == ObjectAction.NONE) {
      assertThat(choices).isEmpty();
    } else {
      assertThat(choices.getFirst().action()).isEqualTo(expected);
      assertThat(choices.getFirst().syntax()).isEqualTo(sent);
    }
  }

  /**
   * R is a lossless rendition of 300 bytes in JPEG 2000, L one in Explicit VR that isn't smaller, P
   * a preview in JPEG, P91 in JPEG 2000.
   */
  @ParameterizedTest(name = "8.7.8 {0}, accepted {1}: {2} {3}, then {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.2.840.10008.1.2.1 R    | */*                                           | SEND_AS_STORED | 1.2.840.10008.1.2.4.90 | ORIGINAL
          1.2.840.10008.1.2.1 R    | MULTI; transfer-syntax=*                      | SEND_AS_STORED | 1.2.840.10008.1.2.4.90 | ORIGINAL
          1.2.840.10008.1.2.1 R    | MULTI                                         | SEND_AS_STORED | 1.2.840.10008.1.2.1    | LOSSLESS
          1.2.840.10008.1.2.1 R    | MULTI; transfer-syntax=1.2.840.10008.1.2.4.90 | SEND_AS_STORED | 1.2.840.10008.1.2.4.90 | ORIGINAL
          1.2.840.10008.1.2.1 R    | MULTI; transfer-syntax=1.2.840.10008.1.2.4.80 | TRANSCODE      | 1.2.840.10008.1.2.4.80 | LOSSLESS
          1.2.840.10008.1.2.2 R    | */*                                           | SEND_AS_STORED | 1.2.840.10008.1.2.4.90 | ORIGINAL
          1.2.840.10008.1.2.2 R    | MULTI                                         | RECODE         | 1.2.840.10008.1.2.1    | LOSSLESS
          1.2.840.10008.1.2.4.70 R | MULTI                                         | TRANSCODE      | 1.2.840.10008.1.2.1    | ORIGINAL
          1.2.840.10008.1.2.4.53 R | MULTI                                         | SEND_AS_STORED | 1.2.840.10008.1.2.4.53 | LOSSLESS
          1.2.840.10008.1.2.4.53 R | MULTI; transfer-syntax=*                      | SEND_AS_STORED | 1.2.840.10008.1.2.4.90 | ORIGINAL
          1.2.840.10008.1.2.4.93 R | MULTI; transfer-syntax=1.2.840.10008.1.2.1    | TRANSCODE      | 1.2.840.10008.1.2.1    | -
          1.2.840.10008.1.2.2 L    | MULTI; transfer-syntax=*                      | SEND_AS_STORED | 1.2.840.10008.1.2.2    | LOSSLESS
          1.2.840.10008.1.2.2 L    | MULTI; transfer-syntax=1.2.840.10008.1.2.1    | SEND_AS_STORED | 1.2.840.10008.1.2.1    | ORIGINAL
          1.2.840.10008.1.2.1 P    | */*                                           | SEND_AS_STORED | 1.2.840.10008.1.2.1    | -
          1.2.840.10008.1.2.1 P    | MULTI; transfer-syntax=*                      | SEND_AS_STORED | 1.2.840.10008.1.2.1    | -
          1.2.840.10008.1.2.1 P    | MULTI; transfer-syntax=1.2.840.10008.1.2.4.50 | SEND_AS_STORED | 1.2.840.10008.1.2.4.50 | -
          1.2.840.10008.1.2 P91    | MULTI; transfer-syntax=*, MULTI; transfer-syntax=1.2.840.10008.1.2.4.91 | SEND_AS_STORED | 1.2.840.10008.1.2 | -
          1.2.840.10008.1.2 P91    | MULTI; transfer-syntax=1.2.840.10008.1.2.1, MULTI; transfer-syntax=1.2.840.10008.1.2.4.91 | RECODE | 1.2.840.10008.1.2.1 | -
          1.2.840.10008.1.2.5 P91  | MULTI; transfer-syntax=1.2.840.10008.1.2.1; q=0.1, MULTI; transfer-syntax=1.2.840.10008.1.2.4.91 | TRANSCODE | 1.2.840.10008.1.2.1 | -
          1.2.840.10008.1.2 P91    | MULTI; transfer-syntax=1.2.840.10008.1.2.4.91 | SEND_AS_STORED | 1.2.840.10008.1.2.4.91 | -
          """)
  void givenRenditions(String held, String accept, ObjectAction action, String sent, String other) {
    List<Choice> choices = choices(accept, true, held);

    assertThat(choices.getFirst().action()).isEqualTo(action);
    assertThat(choices.getFirst().syntax()).isEqualTo(sent);
    assertThat(choices.stream().skip(1).findFirst().map(next -> next.encoding().kind().name()))
        .isEqualTo(other.equals("-") ? Optional.empty() : Optional.of(other));
  }

  @Test
  void givenTheSameIsAcceptedAgainAndAgain_thenItIsOneChoice() {
    StringBuilder accept = new StringBuilder(MULTIPART);
    for (int i = 0; i < 300; i++) {
      accept.append(", ").append(MULTIPART).append("; nothing=").append(i);
    }

    assertThat(choices(accept.toString(), true, UID.ExplicitVRLittleEndian)).hasSize(1);
  }

  @Test
  void givenAParameterBesideTheHeader_thenItGoesBeforeIt() {
    MockHttpServletRequest request = request("application/dicom; transfer-syntax=*");
    request.addParameter("accept", "application/dicom");
    List<Choice> choices =
        ObjectNegotiation.choices(AcceptHeader.of(request), true, Held.of(UID.JPEG2000Lossless));

    assertThat(choices.getFirst().action()).isEqualTo(ObjectAction.TRANSCODE);
  }

  @ParameterizedTest(name = "8.7.3.5.2 refused of {0}: {1}")
  @CsvSource({
    "1.2.840.10008.1.2.1, 1.2.840.10008.1.2.4.91, /rendered",
    "1.2.840.10008.1.2.1, 1.2.840.10008.1.2.4.91, transfer-syntax=1.2.840.10008.1.2.4.90",
    "1.2.840.10008.1.2.4.93, 1.2.840.10008.1.2.1, transfer-syntax=*",
    "1.2.840.10008.1.2, 1.2.840.10008.1.2, transfer-syntax=1.2.840.10008.1.2.1"
  })
  void givenWhatCanNotBeSent_thenItIsSaidWhatCan(String stored, String wanted, String said) {
    var accepted = AcceptHeader.of(request(MULTIPART + "; transfer-syntax=" + wanted));

    assertThat(ObjectNegotiation.refusal(accepted, List.of(Held.of(stored))))
        .hasMessageContaining(said);
  }

  @Test
  void givenManyInstances_thenOnePartAloneIsNotAcceptable() {
    assertThat(choices("application/dicom", false, UID.ExplicitVRLittleEndian)).isEmpty();
  }

  @Test
  void givenOneInstance_thenItsEnvelopeIsTheOneAccepted() {
    assertThat(packaging("application/dicom")).isEqualTo(Packaging.SINGLE);
    assertThat(packaging("*/*")).isEqualTo(Packaging.MULTIPART);
    assertThat(packaging(MULTIPART)).isEqualTo(Packaging.MULTIPART);
  }

  @ParameterizedTest(name = "8.7.8: {0}: {1}")
  @CsvSource({
    "'application/zip, */*', ZIP",
    "'application/zip;q=0.5, application/dicom', SINGLE",
    "'multipart/related; type=application/dicom;q=0.1, application/zip;q=0.9', ZIP"
  })
  void givenAnArchiveIsAccepted_thenItIsSentToWhoWantsItMost(String accept, Packaging expected) {
    assertThat(packaging(accept)).isEqualTo(expected);
  }

  private static Packaging packaging(String accept) {
    return choices(accept, true, UID.ExplicitVRLittleEndian).getFirst().packaging();
  }

  private static List<Choice> choices(String accept, boolean one, String stored) {
    String full = accept.replace("MULTI", MULTIPART);
    String held =
        stored
            .replace("L", "lossless:" + UID.ExplicitVRLittleEndian + "/990")
            .replace("R", "lossless:" + UID.JPEG2000Lossless + "/300")
            .replace("P91", "preview:" + UID.JPEG2000 + "/10")
            .replace("P", "preview:" + UID.JPEGBaseline8Bit + "/10");
    return ObjectNegotiation.choices(AcceptHeader.of(request(full)), one, Held.of(held));
  }

  private static MockHttpServletRequest request(String accept) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Accept", accept);
    return request;
  }
}
