package org.regionalpacs.wado.transcode;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.wado.work.BoundedWork;
import org.regionalpacs.wado.work.Scratch;

/** What operators see of transcoding: how much of what, how it ended, how long it took. */
final class TranscodeMetrics {
  private static final String NAME = "pacs.transcodes";

  private final MeterRegistry meters;

  TranscodeMetrics(MeterRegistry meters, BoundedWork work, BoundedWork objects, Scratch scratch) {
    this.meters = meters;
    Gauge.builder("pacs.transcode.waiting", () -> work.waiting() + objects.waiting())
        .description("requests that wait for their turn to transcode")
        .register(meters);
    Gauge.builder("pacs.transcode.running", work, BoundedWork::taken)
        .description("frames and objects that are being transcoded")
        .register(meters);
    Gauge.builder("pacs.transcode.scratch", scratch, Scratch::used)
        .baseUnit("bytes")
        .description("transcoded bytes on the disk until they are sent")
        .register(meters);
  }

  /**
   * One ended.
   *
   * @param kind frame or object
   */
  void ended(String kind, ConversionOutcome outcome, Duration took) {
    Timer.builder(NAME)
        .description("frames and objects that were transcoded on their way out")
        .tags("kind", kind, "outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(meters)
        .record(took);
  }

  /** There was no turn for one. */
  void busy(String kind) {
    meters.counter("pacs.transcodes.busy", "kind", kind).increment();
  }
}
