package org.regionalpacs.dicom.io;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.dicom.io.ReadWarning.Kind;

/** Collects what is wrong but readable, or refuses it. Bounded, as the input is a stranger's. */
final class Warnings {
  /** A file wrong in more places says nothing new. */
  static final int MOST = 100;

  private final List<ReadWarning> kept = new ArrayList<>(0);
  private boolean strict;
  private long count;

  /** Refuses from now on, and at once what has been found already. */
  void refuse() {
    strict = true;
  }

  /**
   * @throws DicomFormatException when reading is strict
   */
  void add(Kind kind, String message, long position) throws DicomFormatException {
    count++;
    if (kept.size() < MOST) {
      kept.add(new ReadWarning(kind, message, position));
    }
    check();
  }

  /**
   * @throws DicomFormatException when reading is strict and something was wrong
   */
  void check() throws DicomFormatException {
    if (strict && !kept.isEmpty()) {
      ReadWarning first = kept.getFirst();
      throw new DicomFormatException(first.message(), first.position());
    }
  }

  /**
   * Forgets what came after so many warnings: the garbage it was about has a warning of its own.
   */
  void forgetAfter(long earlier) {
    count = earlier;
    while (kept.size() > earlier) {
      kept.removeLast();
    }
  }

  List<ReadWarning> list() {
    return List.copyOf(kept);
  }

  long count() {
    return count;
  }
}
