package org.regionalpacs.codec.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.regionalpacs.codec.CodecUnavailableException;

class StartLimitTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final StartLimit limit = new StartLimit(3);

  @Test
  void givenManyStarts_thenFurtherOnesWaitUntilAMinuteIsOver() throws Exception {
    for (int i = 0; i < 3; i++) {
      limit.begin(i * SECOND);
      limit.started();
    }

    assertThatThrownBy(() -> limit.begin(59 * SECOND))
        .isInstanceOf(CodecUnavailableException.class)
        .hasMessageContaining("3 codec processes had to be started within a minute");
    assertThatCode(() -> limit.begin(60 * SECOND)).doesNotThrowAnyException();
    assertThatThrownBy(() -> limit.begin(60 * SECOND))
        .isInstanceOf(CodecUnavailableException.class);
  }

  @Test
  void givenStartsThatFail_thenPausesGrowUntilOneSucceeds() throws Exception {
    limit.begin(0);
    limit.failed("no such file", 0);

    assertThatThrownBy(() -> limit.begin(SECOND - 1)).hasMessageContaining("no such file");
    limit.begin(SECOND);
    limit.failed("no such file", SECOND);
    assertThatThrownBy(() -> limit.begin(3 * SECOND - 1)).hasMessageContaining("no such file");
    limit.begin(3 * SECOND);
    limit.started();
    assertThatThrownBy(() -> limit.begin(3 * SECOND)).hasMessageContaining("within a minute");
  }

  @Test
  void givenItHasFailedForLong_thenAPauseIsAMinute() throws Exception {
    long now = 0;
    for (int i = 0; i < 10; i++) {
      limit.failed("gone", now);
      now += 100 * SECOND;
    }
    long failed = now - 100 * SECOND;

    assertThatThrownBy(() -> limit.begin(failed + 60 * SECOND - 1)).hasMessageContaining("gone");
    limit.begin(failed + 60 * SECOND);
  }
}
