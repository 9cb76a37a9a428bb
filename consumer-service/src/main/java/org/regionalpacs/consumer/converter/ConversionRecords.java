package org.regionalpacs.consumer.converter;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Locale;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.messages.AccessLog;
import org.regionalpacs.messages.ConversionMessage;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.messages.ImageFields;
import org.regionalpacs.messages.ReceptionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells how conversions end: to the warehouse, to who looks at metrics, and failures to the log.
 */
@Component
class ConversionRecords {
  private static final Logger LOG = LoggerFactory.getLogger(ConversionRecords.class);

  private final AccessLog log;
  private final MeterRegistry meters;

  ConversionRecords(AccessLog log, MeterRegistry meters) {
    this.log = log;
    this.meters = meters;
  }

  /** A conversion begins. */
  Clock start(InstanceObject object, Goal goal) {
    return new Clock(object, goal, System.nanoTime());
  }

  /** A conversion under way. */
  final class Clock {
    private final InstanceObject object;
    private final Goal goal;
    private final long start;

    private Clock(InstanceObject object, Goal goal, long start) {
      this.object = object;
      this.goal = goal;
      this.start = start;
    }

    /**
     * It ends.
     *
     * @param size bytes that came of it; 0: none did
     * @param cause why none did
     */
    void end(ConversionOutcome outcome, long size, String cause) {
      log.record(
          new ConversionMessage(
              ConversionMessage.SCHEMA_VERSION,
              ReceptionId.next(),
              Instant.now(),
              object.tenant(),
              object.study(),
              object.series(),
              object.sop(),
              object.receptionId(),
              object.transferSyntax(),
              goal.target().transferSyntax(),
              (System.nanoTime() - start) / 1_000_000,
              object.size(),
              size,
              outcome,
              cause));
      count(outcome, size);
      if (outcome == ConversionOutcome.FAILED) {
        ImageFields.of(
                LOG.atWarn(),
                object.tenant(),
                object.study(),
                object.series(),
                object.sop(),
                object.receptionId())
            .log(
                "No {} rendition; the original is served: tenant={} study={} series={} sop={}"
                    + " reception={} from={} to={} cause={}",
                goal.kind().text(),
                object.tenant(),
                object.study(),
                object.series(),
                object.sop(),
                object.receptionId(),
                object.transferSyntax(),
                goal.target().transferSyntax(),
                cause);
      }
    }

    private void count(ConversionOutcome outcome, long size) {
      String kind = goal.kind().text();
      String how = outcome.name().toLowerCase(Locale.ROOT);
      meters.counter("pacs.renditions", "kind", kind, "outcome", how).increment();
      if (outcome == ConversionOutcome.DONE) {
        meters
            .counter("pacs.rendition.bytes", "kind", kind, "of", "original")
            .increment(object.size());
        meters.counter("pacs.rendition.bytes", "kind", kind, "of", "rendition").increment(size);
      }
    }
  }
}
