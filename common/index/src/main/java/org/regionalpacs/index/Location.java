package org.regionalpacs.index;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** Where the bytes of a received object are. Read only: {@link LocationWriter} writes. */
@Entity
@Immutable
@Table(name = "location")
@IdClass(LocationIdentity.class)
public class Location {
  @Id private String tenant;

  @Id
  @Column(name = "reception_id")
  private UUID receptionId;

  @Id private String store;

  private String node;

  @Column(name = "blob_id")
  private String blobId;

  @Column(name = "blob_offset")
  private long blobOffset;

  @Column(name = "blob_length")
  private long blobLength;

  private String state;

  protected Location() {}

  /** The hospital. */
  public String tenant() {
    return tenant;
  }

  /** The received object. */
  public UUID receptionId() {
    return receptionId;
  }

  /** {@link ObjectLocation#ONLINE}, or the name of a blob store. */
  public String store() {
    return store;
  }

  /** Node id when the store is online, else empty. */
  public String node() {
    return node;
  }

  /** Path relative to the node's ROOT, or the store's blob id. */
  public String blobId() {
    return blobId;
  }

  /** Where the object starts in the blob. */
  public long blobOffset() {
    return blobOffset;
  }

  /** Bytes. */
  public long blobLength() {
    return blobLength;
  }

  /** {@code available} or {@code evicted}. */
  public String state() {
    return state;
  }

  /** The place as a whole. */
  public ObjectLocation place() {
    return new ObjectLocation(store, node, blobId, blobOffset, blobLength);
  }
}
