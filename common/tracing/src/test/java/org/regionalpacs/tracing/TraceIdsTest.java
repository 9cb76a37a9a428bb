package org.regionalpacs.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import java.util.Random;
import java.util.UUID;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TraceIdsTest {
  private final Random random = new Random(7);

  /** As reception ids are (RFC 9562 5.7). */
  private UUID uuid7() {
    long high = 0x019A_0000_0000_7000L | random.nextInt(1 << 12);
    return new UUID(high, random.nextLong() & -1L >>> 2 | 1L << 63);
  }

  @Test
  void givenAReceptionId_thenTheTraceHasItAndTheFirstSpanItsLowerHalf() {
    UUID reception = UUID.fromString("019a1c2d-3e4f-7a5b-8c6d-7e8f90a1b2c3");

    assertThat(TraceIds.trace(reception)).isEqualTo("019a1c2d3e4f7a5b8c6d7e8f90a1b2c3");
    assertThat(TraceIds.first(reception)).isEqualTo("8c6d7e8f90a1b2c3");
    assertThat(TraceId.isValid(TraceIds.trace(reception))).isTrue();
    assertThat(SpanId.isValid(TraceIds.first(reception))).isTrue();
  }

  @Test
  void givenManyImages_thenTheyAreSpreadEvenly() {
    double[] shares =
        Stream.generate(this::uuid7).limit(20_000).mapToDouble(TraceIds::share).toArray();

    assertThat(DoubleStream.of(shares)).allMatch(share -> share >= 0 && share < 1);
    assertThat(DoubleStream.of(shares).filter(share -> share < 0.1).count() / 20_000.0)
        .isCloseTo(0.1, within(0.01));
    assertThat(DoubleStream.of(shares).filter(share -> share >= 0.9).count() / 20_000.0)
        .isCloseTo(0.1, within(0.01));
  }
}
