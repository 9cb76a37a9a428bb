package org.regionalpacs.index;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A series of one tenant. Read only: {@link IndexWriter} and {@link CountWriter} write. */
@Entity
@Immutable
@Table(name = "series")
@IdClass(SeriesIdentity.class)
public class Series {
  @Id private String tenant;

  @Id
  @Column(name = "study_uid")
  private String studyUid;

  @Id
  @Column(name = "series_uid")
  private String seriesUid;

  private String modality;

  @Column(name = "series_number")
  private Integer seriesNumber;

  @ColumnTransformer(read = "cast(attributes as text)")
  private String attributes;

  @Column(name = "change_number")
  private long changeNumber;

  private Instant changed;

  @Column(name = "counted_number")
  private long countedNumber;

  @Column(name = "instance_count")
  private int instanceCount;

  @Column(name = "total_size")
  private long totalSize;

  @Column(name = "sop_classes")
  private String[] sopClasses;

  protected Series() {}

  /** The hospital. */
  public String tenant() {
    return tenant;
  }

  /** Study Instance UID. */
  public String studyUid() {
    return studyUid;
  }

  /** Series Instance UID. */
  public String seriesUid() {
    return seriesUid;
  }

  /** Modality, or empty. */
  public String modality() {
    return modality;
  }

  /** Series Number. */
  public OptionalInt seriesNumber() {
    return seriesNumber == null ? OptionalInt.empty() : OptionalInt.of(seriesNumber);
  }

  /** DICOM JSON of the series-level attributes that have a value. */
  public String attributes() {
    return attributes;
  }

  /** Grows with every change of the series or of one of its instances. */
  public long changeNumber() {
    return changeNumber;
  }

  /** When it changed last. */
  public Instant changed() {
    return changed;
  }

  /** The change number up to which the counts are right. */
  public long countedNumber() {
    return countedNumber;
  }

  /** As of the last count. */
  public int instanceCount() {
    return instanceCount;
  }

  /** Bytes of all files, as of the last count. */
  public long totalSize() {
    return totalSize;
  }

  /** As of the last count. */
  public List<String> sopClasses() {
    return List.of(sopClasses);
  }
}
