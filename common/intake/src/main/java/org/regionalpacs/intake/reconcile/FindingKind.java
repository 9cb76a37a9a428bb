package org.regionalpacs.intake.reconcile;

/** What a comparison may find. */
public enum FindingKind {
  /** A file that the index doesn't know: its message was never sent, or never came. Announced. */
  UNINDEXED(false),
  /** A file that no archive has although it is old enough. Announced. */
  UNARCHIVED(false),
  /** A file in the folders of objects that is none. Left alone. */
  UNREADABLE(false),
  /** The file is gone; the archive has the object. Marked missing. */
  MISSING(false),
  /** The file is gone, and no other copy is known. Marked missing. */
  LOST(true),
  /** The file's content has changed; the archive has the object. Marked, so that it isn't read. */
  DAMAGED(false),
  /**
   * The file's content has changed, and no other copy is known, or only one that shares its bytes
   * (an archive on the same volume). Read as it is.
   */
  DAMAGED_ONLY_COPY(true),
  /** A file that was missing or damaged is there again, or the same object came once more. */
  RETURNED(false);

  private final boolean loss;

  FindingKind(boolean loss) {
    this.loss = loss;
  }

  /** Whether bytes that were accepted are no longer there: somebody must be told. */
  public boolean loss() {
    return loss;
  }
}
