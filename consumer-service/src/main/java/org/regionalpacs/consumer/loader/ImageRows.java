package org.regionalpacs.consumer.loader;

import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.consumer.UnusableRecordException;
import org.regionalpacs.messages.DicomImageMessage;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.WarehouseTable;

/**
 * Rows of {@link Topics#DICOM_IMAGE}. What the header doesn't say, or says in a way that can't be
 * understood, has no value.
 */
final class ImageRows implements RowReader {
  private static final MessageCodec<DicomImageMessage> CODEC =
      MessageCodec.of(DicomImageMessage.class);

  /** Columns that are texts of the header. PS3.3 C.7.1.1, C.7.2.1, C.7.3.1, C.7.5.1, C.7.6.3. */
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("patient_id", "PatientID"),
          Map.entry("modality", "Modality"),
          Map.entry("accession_number", "AccessionNumber"),
          Map.entry("body_part", "BodyPartExamined"),
          Map.entry("institution", "InstitutionName"),
          Map.entry("department", "InstitutionalDepartmentName"),
          // The department "where the request initiated": PS3.3 Table C.7-3. InstitutionName and
          // its
          // department are those of the equipment.
          Map.entry("referring_department", "RequestingService"),
          Map.entry("station", "StationName"),
          Map.entry("manufacturer", "Manufacturer"),
          Map.entry("model", "ManufacturerModelName"),
          Map.entry("software", "SoftwareVersions"),
          Map.entry("device_serial", "DeviceSerialNumber"),
          Map.entry("protocol", "ProtocolName"),
          Map.entry("photometric", "PhotometricInterpretation"));

  private static final Map<String, String> INTEGERS =
      Map.of(
          "series_number", "SeriesNumber",
          "instance_number", "InstanceNumber",
          "frames", "NumberOfFrames",
          "image_rows", "Rows",
          "image_columns", "Columns",
          "bits_allocated", "BitsAllocated");

  /** Of several values the first: of Pixel Spacing that is the one between rows, in mm. */
  private static final Map<String, String> NUMBERS =
      Map.of(
          "pixel_spacing", "PixelSpacing",
          "slice_thickness", "SliceThickness",
          "kvp", "KVP",
          "ctdi_vol", "CTDIvol",
          "dap", "ImageAndFluoroscopyAreaDoseProduct",
          "magnetic_field", "MagneticFieldStrength",
          "repetition_time", "RepetitionTime",
          "echo_time", "EchoTime");

  @Override
  public Set<WarehouseTable> tables() {
    return Set.of(WarehouseTable.DICOM_IMAGE_META);
  }

  @Override
  public Row read(byte[] value) throws UnusableRecordException {
    DicomImageMessage message = Members.message(CODEC.decode(value));
    Members.version(message.schemaVersion(), DicomImageMessage.SCHEMA_VERSION);
    Members.value(message.received(), "ReceivedTime");
    Row row =
        Row.of(WarehouseTable.DICOM_IMAGE_META)
            .set("received_day", message.received().atOffset(ZoneOffset.UTC).toLocalDate())
            .set("tenant", Members.tenant(message.tenant()))
            .set("study_uid", Members.text(message.study(), "StudyInstanceUID"))
            .set("series_uid", Members.text(message.series(), "SeriesInstanceUID"))
            .set("sop_uid", Members.text(message.sopInstance(), "SOPInstanceUID"))
            .set("reception_id", Members.value(message.receptionId(), "ReceptionID").toString())
            .set("sop_class", Members.orEmpty(message.sopClass()))
            .set("transfer_syntax", Members.orEmpty(message.transferSyntax()))
            .set("size", message.size())
            .set("received", message.received())
            .set("indexed", Members.value(message.indexed(), "IndexedTime"));
    header(row, new DicomTexts(Optional.ofNullable(message.attributes()).orElse(Map.of())));
    return row;
  }

  private static void header(Row row, DicomTexts header) {
    TEXTS.forEach((column, keyword) -> row.set(column, header.text(keyword)));
    INTEGERS.forEach((column, keyword) -> row.set(column, header.integer(keyword)));
    NUMBERS.forEach((column, keyword) -> row.set(column, header.number(keyword)));
    row.set("study_date", DicomTexts.day(header.text("StudyDate")))
        .set("acquired", header.acquired())
        // In mA, mAs and ms (PS3.3 C.8.7.2, C.8.15.3.8); other units of the same are converted.
        .set(
            "tube_current",
            header.first("XRayTubeCurrent", "XRayTubeCurrentInmA", "XRayTubeCurrentInuA"))
        .set("exposure", header.first("Exposure", "ExposureInmAs", "ExposureInuAs"))
        .set("exposure_time", header.first("ExposureTime", "ExposureTimeInms", "ExposureTimeInuS"));
  }
}
