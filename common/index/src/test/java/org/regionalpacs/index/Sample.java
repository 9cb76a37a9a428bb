package org.regionalpacs.index;

import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;

/** Objects to index. Later ones have larger reception ids. */
final class Sample {
  private static final AtomicLong RECEPTIONS = new AtomicLong(0x0190_0000_0000_7000L);

  private final String study;
  private String tenant = "default";
  private String series;
  private String sop = UID.generate();
  private String patientId = "P1";
  private String digest = "00".repeat(32);
  private UUID reception = nextReception();
  private Attributes header = header();
  private QueryTagSet tags = QueryTagSet.NONE;

  private Sample(String study) {
    this.study = study;
    this.series = study + ".1";
  }

  static Sample of(String study) {
    return new Sample(study);
  }

  static UUID nextReception() {
    return new UUID(RECEPTIONS.incrementAndGet(), 0x8000_0000_0000_0000L);
  }

  static Attributes header() {
    return new Attributes()
        .setString(Tag.PatientName, "Doe^Jane")
        .setString(Tag.PatientID, "P1")
        .setString(Tag.StudyDate, "20260102")
        .setString(Tag.Modality, "CT")
        .setInt(Tag.SeriesNumber, 1)
        .setInt(Tag.InstanceNumber, 7);
  }

  Sample tenant(String name) {
    tenant = name;
    return this;
  }

  Sample series(String uid) {
    series = uid;
    return this;
  }

  Sample sop(String uid) {
    sop = uid;
    return this;
  }

  Sample patient(String id) {
    patientId = id;
    header.setString(Tag.PatientID, id);
    return this;
  }

  Sample digest(int value) {
    digest = HexFormat.of().toHexDigits((byte) value).repeat(32);
    return this;
  }

  Sample reception(UUID id) {
    reception = id;
    return this;
  }

  Sample header(Attributes attributes) {
    header = attributes;
    return this;
  }

  Sample with(int tag, String value) {
    header.setString(tag, value);
    return this;
  }

  Sample with(int tag, int value) {
    header.setInt(tag, value);
    return this;
  }

  Sample tags(QueryTagSet known) {
    tags = known;
    return this;
  }

  IndexedInstance build() {
    return IndexedInstance.of(
        new ReceivedObject(
            tenant,
            reception,
            study,
            series,
            sop,
            UID.CTImageStorage,
            UID.ExplicitVRLittleEndian,
            digest,
            1000,
            300,
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            patientId),
        header,
        tags);
  }
}
