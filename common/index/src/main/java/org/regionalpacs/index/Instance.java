package org.regionalpacs.index;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** The current version of an instance. Read only: {@link IndexWriter} writes. */
@Entity
@Immutable
@Table(name = "instance")
@IdClass(InstanceIdentity.class)
public class Instance {
  @Id private String tenant;

  @Id
  @Column(name = "study_uid")
  private String studyUid;

  @Id
  @Column(name = "series_uid")
  private String seriesUid;

  @Id
  @Column(name = "sop_uid")
  private String sopUid;

  @Column(name = "reception_id")
  private UUID receptionId;

  @Column(name = "sop_class")
  private String sopClass;

  @Column(name = "transfer_syntax")
  private String transferSyntax;

  private byte[] digest;

  private long size;

  @Column(name = "data_set_offset")
  private int dataSetOffset;

  @Column(name = "instance_number")
  private Integer instanceNumber;

  private Integer rows;

  private Integer columns;

  @Column(name = "bits_allocated")
  private Integer bitsAllocated;

  @Column(name = "number_of_frames")
  private Integer numberOfFrames;

  private Instant received;

  private Instant indexed;

  protected Instance() {}

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

  /** SOP Instance UID. */
  public String sopUid() {
    return sopUid;
  }

  /** The current version. */
  public UUID receptionId() {
    return receptionId;
  }

  /** SOP Class UID, empty when the object named none. */
  public String sopClass() {
    return sopClass;
  }

  /** UID of the stored encoding. */
  public String transferSyntax() {
    return transferSyntax;
  }

  /** SHA-256 of the data set. */
  public byte[] digest() {
    return digest.clone();
  }

  /** Bytes of the file. */
  public long size() {
    return size;
  }

  /** Where the data set starts in the file. */
  public int dataSetOffset() {
    return dataSetOffset;
  }

  /** Instance Number. */
  public OptionalInt instanceNumber() {
    return instanceNumber == null ? OptionalInt.empty() : OptionalInt.of(instanceNumber);
  }

  /** Rows. */
  public OptionalInt rows() {
    return rows == null ? OptionalInt.empty() : OptionalInt.of(rows);
  }

  /** Columns. */
  public OptionalInt columns() {
    return columns == null ? OptionalInt.empty() : OptionalInt.of(columns);
  }

  /** Bits Allocated. */
  public OptionalInt bitsAllocated() {
    return bitsAllocated == null ? OptionalInt.empty() : OptionalInt.of(bitsAllocated);
  }

  /** Number of Frames. */
  public OptionalInt numberOfFrames() {
    return numberOfFrames == null ? OptionalInt.empty() : OptionalInt.of(numberOfFrames);
  }

  /** When its last byte arrived. */
  public Instant received() {
    return received;
  }

  /** When this version was indexed. */
  public Instant indexed() {
    return indexed;
  }
}
