package org.regionalpacs.consumer.rebuild;

import org.regionalpacs.index.RebuildList.Copy;

/** What an archive has under the id of an object. */
sealed interface ArchivedObject {

  /** A copy of an object that is listed already. */
  record Known(Copy copy) implements ArchivedObject {}

  /**
   * A copy of an object.
   *
   * @param message the record of the storage topic that announced it
   */
  record Described(Copy copy, byte[] message) implements ArchivedObject {}

  /** A rendition. */
  record OfRendition(Copy copy, byte[] manifest) implements ArchivedObject {}

  /**
   * A copy of an online object without what describes it: it doesn't count, so that the object is
   * archived again before its online file goes.
   */
  record NotDescribed() implements ArchivedObject {}

  /**
   * Something that the archive doesn't give now, and may later.
   *
   * @param why for people; holds no patient's identity
   */
  record Away(String why) implements ArchivedObject {}

  /** Nothing; the catalogue doesn't know what it was, nor why it went. */
  record Gone() implements ArchivedObject {}

  /** What is to be removed, or partly was: the manifest goes last. */
  record Dead() implements ArchivedObject {}

  /**
   * Something that can't be taken for the object.
   *
   * @param why for people; holds no patient's identity
   */
  record Unusable(String why) implements ArchivedObject {}
}
