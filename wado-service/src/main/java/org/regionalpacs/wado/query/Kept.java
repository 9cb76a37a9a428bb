package org.regionalpacs.wado.query;

import org.regionalpacs.dicom.data.Tag;

/** SQL for attributes that the index keeps as DICOM JSON only. */
final class Kept {
  private Kept() {}

  /** A date; null when there is none. The index has it in this very form. */
  static String date(String row, int tag) {
    return "(left("
        + row
        + ".attributes #>> '{"
        + Tag.toHex(tag)
        + ",Value,0}', 16) collate \"C\")";
  }

  /** The first value of a text; null when there is none. */
  static String text(String row, int tag) {
    return "((" + row + ".attributes #>> '{" + Tag.toHex(tag) + ",Value,0}') collate \"C\")";
  }

  /** A time as HHMMSS.FFFFFF, filled with zeros; null when there is none. */
  static String time(String row, int tag) {
    String text = text(row, tag);
    return "(" + text + " || substr('000000.000000', length(" + text + ") + 1))";
  }
}
