package org.regionalpacs.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.regionalpacs.test.otlp.OtlpReceiver;
import org.regionalpacs.test.otlp.ReceivedSpan;

/** What a collector gets. */
class OtlpTracesTest {
  private static final UUID IMAGE = UUID.fromString("019a1c2d-3e4f-7a5b-8c6d-7e8f90a1b2c3");
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  @Test
  void givenTwoProcesses_whenBothTellOfAnImage_thenItIsOneTraceWithTheReceptionFirst()
      throws Exception {
    try (OtlpReceiver collector = OtlpReceiver.start()) {
      try (OtlpTraces storescp = new OtlpTraces("storescp", collector.endpoint(), 1);
          OtlpTraces consumer = new OtlpTraces("consumer", collector.endpoint(), 1)) {
        storescp.received(stretch("C-STORE", Optional.empty()));
        consumer.went(stretch("indexer", Optional.empty()));
        consumer.went(stretch("archiver", Optional.of("the file is gone")));
      }

      List<ReceivedSpan> spans = collector.of("019a1c2d3e4f7a5b8c6d7e8f90a1b2c3");
      assertThat(spans)
          .extracting(ReceivedSpan::service, ReceivedSpan::name, ReceivedSpan::failed)
          .containsExactlyInAnyOrder(
              tuple("storescp", "C-STORE", false),
              tuple("consumer", "indexer", false),
              tuple("consumer", "archiver", true));
      ReceivedSpan first =
          spans.stream().filter(span -> span.parent().isEmpty()).findFirst().orElseThrow();
      assertThat(first.name()).isEqualTo("C-STORE");
      assertThat(first.start()).isEqualTo(START);
      assertThat(first.end()).isEqualTo(START.plusMillis(250));
      assertThat(first.attributes()).containsEntry("tenant", "north");
      assertThat(spans)
          .filteredOn(span -> span != first)
          .allMatch(span -> span.parent().equals(first.id()));
      assertThat(spans).extracting(ReceivedSpan::id).doesNotHaveDuplicates();
    }
  }

  /** Whoever writes to Kafka can make such an id up. */
  @Test
  void givenAnIdThatNoTraceCanHave_whenToldAllTheSame_thenItIsDropped() throws Exception {
    UUID nil = new UUID(IMAGE.getMostSignificantBits(), 0);
    try (OtlpReceiver collector = OtlpReceiver.start()) {
      try (OtlpTraces traces = new OtlpTraces("consumer", collector.endpoint(), 1)) {
        assertThat(traces.follows(nil)).isFalse();
        traces.received(stretch(nil, "C-STORE", Optional.empty()));
        traces.went(stretch(nil, "indexer", Optional.empty()));
        traces.went(stretch("indexer", Optional.empty()));
      }

      assertThat(collector.of("019a1c2d3e4f7a5b8c6d7e8f90a1b2c3")).hasSize(1);
      assertThat(collector.of("019a1c2d3e4f7a5b0000000000000000")).isEmpty();
    }
  }

  @Test
  @Timeout(180)
  void givenNoCollector_whenMoreIsToldThanMayWait_thenNobodyWaitsForIt() {
    Instant before = Instant.now();
    OtlpTraces traces = new OtlpTraces("storescp", "http://127.0.0.1:1/v1/traces", 1);
    for (int i = 0; i < 20_000; i++) {
      traces.went(stretch("indexer", Optional.empty()));
    }
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    traces.close();
  }

  private static Stretch stretch(String name, Optional<String> failure) {
    return stretch(IMAGE, name, failure);
  }

  private static Stretch stretch(UUID image, String name, Optional<String> failure) {
    return new Stretch(
        image, name, START, START.plusMillis(250), Map.of("tenant", "north"), failure);
  }
}
