package org.regionalpacs.index;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A study of one tenant. Read only: {@link IndexWriter} and {@link CountWriter} write. */
@Entity
@Immutable
@Table(name = "study")
@IdClass(StudyIdentity.class)
public class Study {
  @Id private String tenant;

  @Id
  @Column(name = "study_uid")
  private String studyUid;

  @Column(name = "patient_key")
  private UUID patientKey;

  @Column(name = "study_date")
  private String studyDate;

  @Column(name = "study_time")
  private String studyTime;

  @Column(name = "accession_number")
  private String accessionNumber;

  @Column(name = "study_id")
  private String studyId;

  @ColumnTransformer(read = "cast(attributes as text)")
  private String attributes;

  @Column(name = "series_count")
  private int seriesCount;

  @Column(name = "instance_count")
  private int instanceCount;

  @Column(name = "total_size")
  private long totalSize;

  private String[] modalities;

  @Column(name = "sop_classes")
  private String[] sopClasses;

  private Instant created;

  protected Study() {}

  /** The hospital. */
  public String tenant() {
    return tenant;
  }

  /** Study Instance UID. */
  public String studyUid() {
    return studyUid;
  }

  /** The {@link Patient} it was first received for. */
  public UUID patientKey() {
    return patientKey;
  }

  /** YYYYMMDD, or empty. */
  public String studyDate() {
    return studyDate;
  }

  /** HHMMSS.FFFFFF, or empty. */
  public String studyTime() {
    return studyTime;
  }

  /** Accession Number, or empty. */
  public String accessionNumber() {
    return accessionNumber;
  }

  /** Study ID, or empty. */
  public String studyId() {
    return studyId;
  }

  /** DICOM JSON of the study-level attributes that have a value. */
  public String attributes() {
    return attributes;
  }

  /** As of the last count. */
  public int seriesCount() {
    return seriesCount;
  }

  /** As of the last count. */
  public int instanceCount() {
    return instanceCount;
  }

  /** Bytes of all files, as of the last count. */
  public long totalSize() {
    return totalSize;
  }

  /** Modalities in Study, as of the last count. */
  public List<String> modalities() {
    return List.of(modalities);
  }

  /** SOP Classes in Study, as of the last count. */
  public List<String> sopClasses() {
    return List.of(sopClasses);
  }

  /** When its first object was indexed. */
  public Instant created() {
    return created;
  }
}
