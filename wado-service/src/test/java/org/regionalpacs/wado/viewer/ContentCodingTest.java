package org.regionalpacs.wado.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTest {
  @ParameterizedTest(name = "12.5.3: {0}")
  @CsvSource({
    "'gzip, deflate, br, zstd', BROTLI",
    "'br', BROTLI",
    "'BR', BROTLI",
    "'gzip', GZIP",
    "'x-gzip', GZIP",
    "'*', BROTLI",
    "'br;q=0, *', GZIP",
    "'br;q=0.5, gzip', GZIP",
    "'br;q=0.8,gzip ; q=0.8', BROTLI",
    "'br; q = 0, gzip; q=0', IDENTITY",
    "'identity', IDENTITY",
    "'identity;q=0', IDENTITY",
    "'deflate, zstd', IDENTITY",
    "'br;q=much', IDENTITY",
    "'', IDENTITY",
    "',,;q', IDENTITY"
  })
  void givenWhatIsAccepted_thenTheBestOfItIsTaken(String header, ContentCoding coding) {
    assertThat(ContentCoding.best(List.of(header))).isEqualTo(coding);
  }

  @Test
  void givenNoHeaderOrSeveral_thenTheyCountAsOne() {
    assertThat(ContentCoding.best(List.of())).isEqualTo(ContentCoding.IDENTITY);
    assertThat(ContentCoding.best(List.of("deflate", "gzip"))).isEqualTo(ContentCoding.GZIP);
  }
}
