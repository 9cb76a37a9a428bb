package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.wado.retrieve.Encodings.Encoding;
import org.regionalpacs.wado.retrieve.StoredPlans.StoredPlan;
import org.springframework.mock.web.MockHttpServletRequest;

/** What is remembered is what the negotiation says. */
class StoredPlansTest {
  private static final String OHIF =
      "multipart/related; type=application/octet-stream; transfer-syntax=*";

  private final StoredPlans plans = new StoredPlans();

  @ParameterizedTest(name = "8.7.3.3 {0} of {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          multipart/related; type=application/octet-stream; transfer-syntax=* | 1.2.1 | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1
          multipart/related; type=application/octet-stream; transfer-syntax=* | 1.2 | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1
          multipart/related; type=application/octet-stream; transfer-syntax=* | 1.2.4.90 | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.4.90
          multipart/related; type=application/octet-stream; transfer-syntax=* | 1.2.1 lossless:1.2.4.90 |
          multipart/related; type=application/octet-stream                    | 1.2.1 lossless:1.2.4.90 | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1
          multipart/related; type=application/octet-stream; transfer-syntax=* | 1.2.1 preview:1.2.4.50 | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1
          multipart/related; type=application/octet-stream                    | 1.2.4.90 |
          image/jp2                                                           | 1.2.4.90 | image/jp2; transfer-syntax=1.2.840.10008.1.2.4.90
          image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.50                  | 1.2.1 preview:1.2.4.50 |
          text/plain                                                          | 1.2.1 |
          ''                                                                  | 1.2.1 | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1
          """)
  void givenAnAcceptHeader_thenTheOriginalIsSentAsItIsOnlyWhereThatIsBest(
      String accept, String held, String contentType) {
    Optional<StoredPlan> plan = plans.ofOriginal(request(accept), 1, encodings(held));

    assertThat(plan.map(StoredPlan::contentType)).isEqualTo(Optional.ofNullable(contentType));
    assertThat(plans.ofOriginal(request(accept), 1, encodings(held)))
        .as("remembered")
        .isEqualTo(plan);
  }

  @Test
  void givenASinglePartOnly_whenSeveralFramesAreAsked_thenTheNegotiationSaysSo() {
    MockHttpServletRequest single = request("application/octet-stream; transfer-syntax=*");
    assertThat(plans.ofOriginal(single, 1, encodings("1.2.1")).map(StoredPlan::multipart))
        .contains(false);
    assertThat(plans.ofOriginal(single, 2, encodings("1.2.1"))).isEmpty();
    assertThat(plans.ofOriginal(request(OHIF), 2, encodings("1.2.1")).map(StoredPlan::multipart))
        .contains(true);
  }

  @Test
  void givenAParameterOrAHugeHeader_thenTheyAreLeftToTheNegotiation() {
    MockHttpServletRequest parameter = request(OHIF);
    parameter.setQueryString("accept=image/jp2");
    assertThat(plans.ofOriginal(parameter, 1, encodings("1.2.1"))).isEmpty();

    MockHttpServletRequest huge = request(OHIF + ", " + "x".repeat(2000));
    assertThat(plans.ofOriginal(huge, 1, encodings("1.2.1"))).isEmpty();
  }

  private static MockHttpServletRequest request(String accept) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    if (!accept.isEmpty()) {
      request.addHeader("Accept", accept);
    }
    return request;
  }

  private static Encodings encodings(String text) {
    return new Encodings(
        Held.of(
                Arrays.stream(text.split(" "))
                    .map(one -> one.replaceFirst("(^|:)1\\.2", "$11.2.840.10008.1.2"))
                    .reduce((a, b) -> a + " " + b)
                    .orElseThrow())
            .stream()
            .map(held -> new Encoding(held.kind(), held.transferSyntax()))
            .toList());
  }
}
