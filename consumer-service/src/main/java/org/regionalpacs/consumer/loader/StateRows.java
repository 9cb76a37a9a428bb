package org.regionalpacs.consumer.loader;

import java.time.ZoneOffset;
import java.util.Set;
import org.regionalpacs.consumer.UnusableRecordException;
import org.regionalpacs.messages.DicomStateMessage;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.WarehouseTable;

/** Rows of {@link Topics#DICOM_STATE}. */
final class StateRows implements RowReader {
  private static final MessageCodec<DicomStateMessage> CODEC =
      MessageCodec.of(DicomStateMessage.class);

  @Override
  public Set<WarehouseTable> tables() {
    return Set.of(WarehouseTable.DICOM_STATE_META);
  }

  @Override
  public Row read(byte[] value) throws UnusableRecordException {
    DicomStateMessage message = Members.message(CODEC.decode(value));
    Members.version(message.schemaVersion(), DicomStateMessage.SCHEMA_VERSION);
    Members.value(message.changed(), "Changed");
    return Row.of(WarehouseTable.DICOM_STATE_META)
        .set("received_day", message.firstReceived().atOffset(ZoneOffset.UTC).toLocalDate())
        .set("tenant", Members.tenant(message.tenant()))
        .set("study_uid", Members.text(message.study(), "StudyInstanceUID"))
        .set("series_uid", Members.text(message.series(), "SeriesInstanceUID"))
        .set("patient_id", Members.orEmpty(message.patientId()))
        .set("modality", Members.orEmpty(message.modality()))
        .set("study_date", DicomTexts.day(Members.orEmpty(message.studyDate())))
        .set("change_number", message.changeNumber())
        .set("changed", message.changed());
  }
}
