package org.regionalpacs.intake.reconcile;

import java.time.Instant;
import java.util.UUID;

/**
 * A received object that the index has on this node.
 *
 * @param digest SHA-256 of its data set, lower-case hex
 * @param dataSetOffset where the data set begins in the file
 * @param place its online file
 * @param archived whether an archive has it
 */
record IndexedObject(
    UUID receptionId,
    String sopInstance,
    String transferSyntax,
    String digest,
    int dataSetOffset,
    Instant received,
    Place place,
    boolean archived) {

  /**
   * An online file as the index has it.
   *
   * @param path relative to ROOT
   * @param length bytes of the file
   * @param state {@link #AVAILABLE}, {@link #MISSING}, {@link #DAMAGED}, {@link #EVICTED}
   */
  record Place(String path, long length, String state) {
    /** It may be read. */
    static final String AVAILABLE = "available";

    /** It was not there; readers try it all the same, for the object may come again. */
    static final String MISSING = "missing";

    /** Its content isn't the object; never read. */
    static final String DAMAGED = "damaged";

    /** It went because an archive has the object. */
    static final String EVICTED = "evicted";

    boolean available() {
      return state.equals(AVAILABLE);
    }

    boolean evicted() {
      return state.equals(EVICTED);
    }
  }

  /** Whether its file could stand for the other's. */
  boolean holdsSameAs(IndexedObject other) {
    return !receptionId.equals(other.receptionId)
        && sopInstance.equals(other.sopInstance)
        && transferSyntax.equals(other.transferSyntax)
        && digest.equals(other.digest)
        && dataSetOffset == other.dataSetOffset
        && place.length() == other.place.length();
  }
}
