package org.regionalpacs.bench;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.WarehouseTable;

/** Rows of CT images as they come in: series after series, each of a study of its own. */
final class ImageRows {
  private static final Instant RECEIVED = Instant.parse("2026-01-15T08:00:00Z");
  private static final int OF_A_SERIES = 50;

  private long made;

  /** The next images, none that came before. */
  List<Row> next(int count) {
    List<Row> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(row(made++));
    }
    return rows;
  }

  private static Row row(long image) {
    String study = "1.2.826.0.1.3680043.10.99999." + image / OF_A_SERIES;
    Instant received = RECEIVED.plusMillis(image % 36_000_000);
    return Row.of(WarehouseTable.DICOM_IMAGE_META)
        .set("received_day", received.atZone(ZoneOffset.UTC).toLocalDate())
        .set("tenant", "default")
        .set("study_uid", study)
        .set("series_uid", study + ".1")
        .set("sop_uid", study + ".1." + image)
        .set("reception_id", new UUID(image, image * 0x9E3779B97F4A7C15L).toString())
        .set("sop_class", "1.2.840.10008.5.1.4.1.1.2")
        .set("transfer_syntax", "1.2.840.10008.1.2.1")
        .set("size", 525_312L)
        .set("received", received)
        .set("indexed", received.plusMillis(image % 900))
        .set("patient_id", "P" + image / OF_A_SERIES)
        .set("modality", "CT")
        .set("instance_number", (int) (image % OF_A_SERIES))
        .set("institution", "Hospital")
        .set("station", "CT" + image % 3)
        .set("manufacturer", "Maker")
        .set("image_rows", 512)
        .set("image_columns", 512)
        .set("bits_allocated", 16)
        .set("photometric", "MONOCHROME2")
        .set("pixel_spacing", new BigDecimal("0.703125"))
        .set("slice_thickness", new BigDecimal("1.25"))
        .set("kvp", new BigDecimal("120"));
  }
}
