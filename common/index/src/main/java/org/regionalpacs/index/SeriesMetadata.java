package org.regionalpacs.index;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** Which pre-generated metadata document a series has. */
@Entity
@Immutable
@Table(name = "series_metadata")
@IdClass(SeriesMetadataIdentity.class)
public class SeriesMetadata {
  @Id private String tenant;

  @Id
  @Column(name = "study_uid")
  private String studyUid;

  @Id
  @Column(name = "series_uid")
  private String seriesUid;

  @Column(name = "change_number")
  private long changeNumber;

  @Column(name = "blob_id")
  private String blobId;

  private long size;

  @Column(name = "base_url")
  private String baseUrl;

  private Instant created;

  protected SeriesMetadata() {}

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

  /** The series' change number it was made from. */
  public long changeNumber() {
    return changeNumber;
  }

  /** Where it is in the derived store. */
  public String blobId() {
    return blobId;
  }

  /** Bytes of the gzipped document. */
  public long size() {
    return size;
  }

  /** What its BulkDataURIs start with. */
  public String baseUrl() {
    return baseUrl;
  }

  /** When it was made. */
  public Instant created() {
    return created;
  }
}
