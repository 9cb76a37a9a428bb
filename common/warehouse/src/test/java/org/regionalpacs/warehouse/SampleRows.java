package org.regionalpacs.warehouse;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Rows for tests. */
public final class SampleRows {
  /** When they happened. */
  public static final Instant TIME = Instant.parse("2026-03-31T23:59:59.123Z");

  private SampleRows() {}

  /** A request that was served. */
  public static Row access(String tenant, String operation, long bytes) {
    return Row.of(WarehouseTable.WADO_ACCESS_LOG)
        .set("day", TIME.atOffset(ZoneOffset.UTC).toLocalDate())
        .set("event_id", UUID.randomUUID().toString())
        .set("tenant", tenant)
        .set("time", TIME)
        .set("service", "wado")
        .set("operation", operation)
        .set("status", 200)
        .set("bytes", bytes)
        .set("millis", 7L);
  }

  /** What a series is after a change. */
  public static Row state(String tenant, String study, long changeNumber) {
    return Row.of(WarehouseTable.DICOM_STATE_META)
        .set("received_day", TIME.atOffset(ZoneOffset.UTC).toLocalDate())
        .set("tenant", tenant)
        .set("study_uid", study)
        .set("series_uid", study + ".1")
        .set("modality", "after " + changeNumber)
        .set("change_number", changeNumber)
        .set("changed", TIME);
  }

  /** An object that was received. */
  public static Row image(String tenant, String study, String sop) {
    return Row.of(WarehouseTable.DICOM_IMAGE_META)
        .set("received_day", TIME.atOffset(ZoneOffset.UTC).toLocalDate())
        .set("tenant", tenant)
        .set("study_uid", study)
        .set("series_uid", study + ".1")
        .set("sop_uid", sop)
        .set("reception_id", UUID.nameUUIDFromBytes(sop.getBytes()).toString())
        .set("size", 1000L)
        .set("received", TIME)
        .set("indexed", TIME.plusSeconds(1))
        .set("modality", "CT");
  }
}
