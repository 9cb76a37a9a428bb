package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.wado.web.RangeException;

/** RFC 9110 14.1.2, of a resource of 100 bytes. */
class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-, 0, 100",
    "bytes=0-0, 0, 1",
    "bytes=90-200, 90, 10",
    "bytes=-5, 95, 5",
    "bytes=-500, 0, 100",
    "bytes = 10 - 19, 10, 10"
  })
  void givenARange(String header, long first, long length) {
    assertThat(ByteRange.parse(header, 100)).contains(new ByteRange(first, length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=-", "bytes=5-4", "bytes=0-1,3-4", "items=0-1", "bytes=a-b", ""})
  void givenWhatIsNoSingleRange_thenTheWholeIsSent(String header) {
    assertThat(ByteRange.parse(header, 100)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
  void givenARangeOutside_thenThatIsSaid(String header) {
    assertThatThrownBy(() -> ByteRange.parse(header, 100)).isInstanceOf(RangeException.class);
  }
}
