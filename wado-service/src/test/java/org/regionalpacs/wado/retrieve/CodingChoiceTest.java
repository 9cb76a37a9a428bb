package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.wado.web.AcceptedCodings;

class CodingChoiceTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "AUTO, 'gzip, deflate, br, zstd', zstd",
    "AUTO, 'gzip, deflate, br', gzip",
    "AUTO, 'zstd;q=0, gzip', gzip",
    "AUTO, 'zstd;q=0.5, gzip', gzip",
    "AUTO, 'gzip;q=0.5, zstd;q=0.5', zstd",
    "AUTO, 'zstd;q=0, identity', -",
    "AUTO, 'zstd;q=0.5, identity', -",
    "AUTO, 'zstd, identity', zstd",
    "AUTO, '*', gzip",
    "AUTO, 'br', -",
    "AUTO, '', -",
    "ZSTD, 'gzip, zstd;q=0.1', zstd",
    "ZSTD, 'gzip', -",
    "OFF, 'gzip, zstd', -"
  })
  void givenWhatIsAccepted_thenTheBestThatMayBeUsed(
      CodingChoice choice, String header, String best) {
    assertThat(best(choice, header, true)).isEqualTo(best);
  }

  @ParameterizedTest
  @CsvSource({"'gzip, zstd', gzip", "'zstd', -"})
  void givenNoLibraryOfZstd_thenGzipIfItIsTaken(String header, String best) {
    assertThat(best(CodingChoice.AUTO, header, false)).isEqualTo(best);
  }

  private static String best(CodingChoice choice, String header, boolean zstd) {
    Optional<AnswerCoding> coding =
        choice.best(AcceptedCodings.of(List.of(header)), each -> each != AnswerCoding.ZSTD || zstd);
    return coding.map(AnswerCoding::name).orElse("-").toLowerCase(Locale.ROOT);
  }
}
