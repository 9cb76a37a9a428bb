package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.springframework.mock.web.MockHttpServletRequest;

/** PS3.18 8.7.3.5, 8.7.8: what is accepted, what is stored, what is sent. */
class ObjectNegotiationTest {
  private static final String MULTIPART = "multipart/related; type=\"application/dicom\"";

  @ParameterizedTest(name = "stored {0}, accepted {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.2.840.10008.1.2.1    | MULTI                                         | SEND_AS_STORED
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=*                      | SEND_AS_STORED
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2.1    | SEND_AS_STORED
          1.2.840.10008.1.2.1    | MULTI; transfer-syntax=1.2.840.10008.1.2.4.90 | NONE
          1.2.840.10008.1.2.1    | */*                                           | SEND_AS_STORED
          1.2.840.10008.1.2.1    | application/dicom                             | SEND_AS_STORED
          1.2.840.10008.1.2.1    | application/dicom+json                        | NONE
          1.2.840.10008.1.2.1    | multipart/related; type="image/jpeg"          | NONE
          1.2.840.10008.1.2.1    | multipart/related                             | SEND_AS_STORED
          1.2.840.10008.1.2      | MULTI                                         | RECODE
          1.2.840.10008.1.2      | MULTI; transfer-syntax=*                      | SEND_AS_STORED
          1.2.840.10008.1.2      | MULTI; transfer-syntax=1.2.840.10008.1.2      | NONE
          1.2.840.10008.1.2      | */*                                           | RECODE
          1.2.840.10008.1.2.2    | MULTI                                         | RECODE
          1.2.840.10008.1.2.2    | MULTI; transfer-syntax=1.2.840.10008.1.2.2    | NONE
          1.2.840.10008.1.2.1.99 | MULTI                                         | RECODE
          1.2.840.10008.1.2.1.99 | MULTI; transfer-syntax=1.2.840.10008.1.2.1.99 | SEND_AS_STORED
          1.2.840.10008.1.2.4.90 | MULTI                                         | NONE
          1.2.840.10008.1.2.4.90 | MULTI; transfer-syntax=1.2.840.10008.1.2.1    | NONE
          1.2.840.10008.1.2.4.90 | MULTI; transfer-syntax=1.2.840.10008.1.2.4.90 | SEND_AS_STORED
          1.2.840.10008.1.2.4.90 | MULTI; transfer-syntax=*                      | SEND_AS_STORED
          1.2.840.10008.1.2.4.90 | */*                                           | SEND_AS_STORED
          1.2.840.10008.1.2.4.50 | MULTI                                         | SEND_AS_STORED
          1.2.840.10008.1.2.4.50 | MULTI; transfer-syntax=1.2.840.10008.1.2.1    | NONE
          1.2.840.113619.5.2     | MULTI                                         | NONE
          1.2.840.113619.5.2     | MULTI; transfer-syntax=*                      | SEND_AS_STORED
          1.2.840.10008.1.2.4.90 | MULTI;q=0.9, MULTI; transfer-syntax=*;q=0.5   | SEND_AS_STORED
          1.2.840.10008.1.2      | MULTI;q=0.5, MULTI; transfer-syntax=*         | SEND_AS_STORED
          1.2.840.10008.1.2.1    | application/zip                               | SEND_AS_STORED
          1.2.840.10008.1.2      | application/zip                               | RECODE
          1.2.840.10008.1.2      | application/zip; transfer-syntax=*            | SEND_AS_STORED
          1.2.840.10008.1.2.4.90 | application/zip                               | SEND_AS_STORED
          1.2.840.10008.1.2.4.90 | application/zip; transfer-syntax=1.2.840.10008.1.2.1 | NONE
          1.2.840.10008.1.2      | MULTI;q=0.9, MULTI; transfer-syntax=*;q=0.5   | RECODE
          """)
  void givenOneStoredInstance(String stored, String accept, ObjectAction expected) {
    if (expected == ObjectAction.NONE) {
      assertThatThrownBy(() -> plan(accept, true, stored))
          .isInstanceOfSatisfying(
              NotAcceptableException.class,
              e -> assertThat(e.available()).anyMatch(range -> range.endsWith("=*")));
    } else {
      assertThat(plan(accept, true, stored).actions()).containsEntry(stored, expected);
    }
  }

  @Test
  void givenManyInstances_thenOnePartAloneIsNotAcceptable() {
    assertThatThrownBy(() -> plan("application/dicom", false, UID.ExplicitVRLittleEndian))
        .isInstanceOf(NotAcceptableException.class);
  }

  @Test
  void givenOneInstance_thenItsEnvelopeIsTheOneAccepted() {
    assertThat(plan("application/dicom", true, UID.ExplicitVRLittleEndian).packaging())
        .isEqualTo(Packaging.SINGLE);
    assertThat(plan("*/*", true, UID.ExplicitVRLittleEndian).packaging())
        .isEqualTo(Packaging.MULTIPART);
    assertThat(plan(MULTIPART, true, UID.ExplicitVRLittleEndian).packaging())
        .isEqualTo(Packaging.MULTIPART);
  }

  @ParameterizedTest(name = "8.7.8: {0}: {1}")
  @CsvSource({
    "'application/zip, */*', ZIP",
    "'application/zip;q=0.5, application/dicom', SINGLE",
    "'multipart/related; type=application/dicom;q=0.1, application/zip;q=0.9', ZIP"
  })
  void givenAnArchiveIsAccepted_thenItIsSentToWhoWantsItMost(String accept, Packaging expected) {
    assertThat(plan(accept, true, UID.ExplicitVRLittleEndian).packaging()).isEqualTo(expected);
  }

  @Test
  void givenMixedSyntaxes_thenEachHasItsOwnAction_orNoneIsSent() {
    Set<String> stored = Set.of(UID.ImplicitVRLittleEndian, UID.JPEGBaseline8Bit);
    ObjectNegotiation.Plan plan =
        ObjectNegotiation.plan(AcceptHeader.of(request(MULTIPART)), false, stored);

    assertThat(plan.syntaxSent(UID.ImplicitVRLittleEndian)).isEqualTo(UID.ExplicitVRLittleEndian);
    assertThat(plan.syntaxSent(UID.JPEGBaseline8Bit)).isEqualTo(UID.JPEGBaseline8Bit);
    assertThatThrownBy(() ->
            ObjectNegotiation.plan(
                AcceptHeader.of(request(MULTIPART)),
                false,
                Set.of(UID.ExplicitVRLittleEndian, UID.JPEGLSLossless)))
        .isInstanceOf(NotAcceptableException.class)
        .hasMessageContaining(UID.JPEGLSLossless);
  }

  private static ObjectNegotiation.Plan plan(String accept, boolean one, String stored) {
    String full = accept.replace("MULTI", MULTIPART);
    return ObjectNegotiation.plan(AcceptHeader.of(request(full)), one, Set.of(stored));
  }

  private static MockHttpServletRequest request(String accept) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Accept", accept);
    return request;
  }
}
