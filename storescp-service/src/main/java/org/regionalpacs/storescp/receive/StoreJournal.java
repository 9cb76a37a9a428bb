package org.regionalpacs.storescp.receive;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import org.regionalpacs.dicom.net.Status;
import org.regionalpacs.messages.AccessLog;
import org.regionalpacs.messages.ImageFields;
import org.regionalpacs.messages.LogMessage;
import org.regionalpacs.messages.ReceptionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells of every C-STORE: a log line, metrics, and a message on the log queue. */
@Component
class StoreJournal {
  private static final Logger LOG = LoggerFactory.getLogger(StoreJournal.class);
  private static final String SERVICE = "storescp";
  private static final String OPERATION = "C-STORE";

  private final MeterRegistry registry;
  private final AccessLog accessLog;

  StoreJournal(MeterRegistry registry, AccessLog accessLog) {
    this.registry = registry;
    this.accessLog = accessLog;
    FunctionCounter.builder("pacs.accesslog.dropped", accessLog, AccessLog::dropped)
        .description("Messages for the log queue that were dropped: too many, or Kafka away")
        .register(registry);
  }

  void write(StoreRecord record) {
    log(record);
    measure(record);
    accessLog.record(message(record));
  }

  private static void log(StoreRecord record) {
    if (record.succeeded()) {
      ImageFields.of(
              LOG.atInfo(),
              record.tenant(),
              record.study(),
              record.series(),
              record.sopInstance(),
              record.reception().orElseThrow())
          .log(
              "Stored for {}: study {}, series {}, instance {}, {} bytes, {} ms, {}",
              record.tenant(),
              record.study(),
              record.series(),
              record.sopInstance(),
              record.bytes(),
              record.took().toMillis(),
              record.request().association());
    } else {
      ImageFields.of(LOG.atWarn(), record.tenant(), "", "", record.sopInstance())
          .log(
              "Not stored for {}: instance {}, {}: {}, {}",
              record.tenant(),
              record.sopInstance().isEmpty() ? "unknown" : record.sopInstance(),
              Status.describe(record.result().status()),
              record.result().errorComment(),
              record.request().association());
    }
  }

  private void measure(StoreRecord record) {
    Timer.builder("pacs.dimse.store")
        .description("C-STORE requests, from request to answer")
        .tag("tenant", record.tenant())
        .tag("status", "%04X".formatted(record.result().status()))
        .register(registry)
        .record(record.took());
    registry.counter("pacs.dimse.store.bytes", "tenant", record.tenant()).increment(record.bytes());
  }

  private static LogMessage message(StoreRecord record) {
    return new LogMessage(
        LogMessage.SCHEMA_VERSION,
        ReceptionId.next(),
        Instant.now(),
        record.tenant(),
        SERVICE,
        OPERATION,
        record.request().association().callingAe(),
        record.request().association().peerAddress(),
        record.study(),
        record.series(),
        record.sopInstance(),
        record.result().status(),
        record.result().errorComment(),
        record.bytes(),
        record.took().toMillis(),
        "");
  }
}
