package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class AcceptedCodingsTest {
  @ParameterizedTest(name = "12.5.3: {0}: {1}")
  @CsvSource({
    "'gzip, deflate, br, zstd', zstd, 1, 1",
    "'ZSTD ; Q=0.5', zstd, 0.5, 0.5",
    "'zstd;q=0, *', zstd, 0, 0",
    "'*;q=0.3', zstd, 0.3, 0",
    "'x-gzip', gzip, 1, 1",
    "'gzip;q=much', gzip, 0, 0",
    "'deflate', gzip, 0, 0",
    "'', gzip, 0, 0",
    "',;q=1,', gzip, 0, 0"
  })
  void givenAHeader_thenItSaysHowMuchEachIsWanted(
      String header, String token, double quality, double named) {
    AcceptedCodings accepted = AcceptedCodings.of(List.of(header));

    assertThat(accepted.quality(token)).isEqualTo(quality);
    assertThat(accepted.named(token)).isEqualTo(named);
  }

  @Test
  void givenRequests_thenSeveralHeadersCountAsOneAndNoneTakesNothing() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    assertThat(AcceptedCodings.of(request).quality("gzip")).isZero();
    assertThat(Conditional.gzipAccepted(request)).isFalse();

    request.addHeader("Accept-Encoding", "br");
    request.addHeader("Accept-Encoding", "gzip;q=0.1");

    assertThat(AcceptedCodings.of(request).quality("br")).isEqualTo(1);
    assertThat(Conditional.gzipAccepted(request)).isTrue();
  }
}
