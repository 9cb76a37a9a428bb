package org.regionalpacs.consumer.loader;

import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.regionalpacs.consumer.UnusableRecordException;
import org.regionalpacs.messages.ConversionMessage;
import org.regionalpacs.messages.LogMessage;
import org.regionalpacs.messages.LogRecordCodec;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.WarehouseTable;

/** Rows of {@link Topics#LOG}: requests and conversions. */
final class LogRows implements RowReader {
  private static final LogRecordCodec CODEC = new LogRecordCodec();

  @Override
  public Set<WarehouseTable> tables() {
    return EnumSet.of(WarehouseTable.WADO_ACCESS_LOG, WarehouseTable.CONVERSION_RECORD);
  }

  @Override
  public Row read(byte[] value) throws UnusableRecordException {
    return switch (Members.message(CODEC.decode(value))) {
      case LogMessage request -> row(request);
      case ConversionMessage conversion -> row(conversion);
    };
  }

  private static Row row(LogMessage request) throws UnusableRecordException {
    Members.version(request.schemaVersion(), LogMessage.SCHEMA_VERSION);
    return Row.of(WarehouseTable.WADO_ACCESS_LOG)
        .set("day", request.time().atOffset(ZoneOffset.UTC).toLocalDate())
        .set("event_id", request.eventId().toString())
        .set("tenant", request.tenant())
        .set("time", request.time())
        .set("service", request.service())
        .set("operation", request.operation())
        .set("peer", request.peer())
        .set("address", request.address())
        .set("study_uid", request.study())
        .set("series_uid", request.series())
        .set("sop_uid", request.sopInstance())
        .set("status", request.status())
        .set("comment", request.comment())
        .set("bytes", request.bytes())
        .set("millis", request.millis())
        .set("served_from", request.servedFrom());
  }

  private static Row row(ConversionMessage conversion) throws UnusableRecordException {
    Members.version(conversion.schemaVersion(), ConversionMessage.SCHEMA_VERSION);
    return Row.of(WarehouseTable.CONVERSION_RECORD)
        .set("day", conversion.time().atOffset(ZoneOffset.UTC).toLocalDate())
        .set("event_id", conversion.eventId().toString())
        .set("tenant", conversion.tenant())
        .set("time", conversion.time())
        .set("study_uid", conversion.study())
        .set("series_uid", conversion.series())
        .set("sop_uid", conversion.sopInstance())
        .set("reception_id", conversion.receptionId().toString())
        .set("from_syntax", conversion.fromSyntax())
        .set("to_syntax", conversion.toSyntax())
        .set("millis", conversion.millis())
        .set("size_before", conversion.sizeBefore())
        .set("size_after", conversion.sizeAfter())
        .set("outcome", conversion.outcome().name().toLowerCase(Locale.ROOT))
        .set("cause", conversion.cause());
  }
}
