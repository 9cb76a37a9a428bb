package org.regionalpacs.index;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionalpacs.dicom.data.VR;

/** Makes texts from strangers fit for the database. */
final class TextValues {
  /**
   * Longer values are cut; no VR but the long texts allows more, and b-tree keys must stay short.
   */
  static final int KEY_LENGTH = 256;

  private static final Pattern DATE = Pattern.compile("(\\d{4})(\\.?)(\\d{2})\\2(\\d{2})");
  private static final Pattern TIME =
      Pattern.compile("(\\d{2})(?::?(\\d{2})(?::?(\\d{2})(?:\\.(\\d{1,6}))?)?)?");

  private static final Pattern VAST_EXPONENT = Pattern.compile("[eE][+-]?0*[1-9]\\d{3}");

  private TextValues() {}

  /**
   * The value, or nothing if it would be a number in JSON that PostgreSQL can't keep; one such
   * value would make the database refuse the whole batch.
   */
  static String number(VR vr, String value) {
    boolean numeric = vr == VR.DS || vr == VR.IS;
    return numeric && (value.length() > 64 || VAST_EXPONENT.matcher(value).find()) ? "" : value;
  }

  /**
   * The text in at most so many characters, without NUL, which PostgreSQL keeps in no text, and
   * without halves of surrogate pairs.
   */
  static String clean(String text, int most) {
    StringBuilder kept = new StringBuilder(Math.min(text.length(), most));
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (character == 0) {
        continue;
      }
      if (kept.length() + Character.charCount(character) > most) {
        break;
      }
      boolean halfPair = character >= Character.MIN_SURROGATE && character <= 0xDFFF;
      kept.appendCodePoint(halfPair ? '\uFFFD' : character);
    }
    return kept.toString();
  }

  /**
   * YYYYMMDD of a date as PS3.5 or as ACR-NEMA writes it (YYYY.MM.DD); empty when it is neither.
   */
  static String date(String raw) {
    Matcher date = DATE.matcher(raw);
    if (!date.matches()) {
      return "";
    }
    int month = Integer.parseInt(date.group(3));
    int day = Integer.parseInt(date.group(4));
    return month < 1 || month > 12 || day < 1 || day > 31
        ? ""
        : date.group(1) + date.group(3) + date.group(4);
  }

  /** HHMMSS.FFFFFF of a time, what is missing filled with zeros; empty when it isn't one. */
  static String time(String raw) {
    Matcher time = TIME.matcher(raw);
    if (!time.matches()) {
      return "";
    }
    return time.group(1)
        + part(time, 2, "00")
        + part(time, 3, "00")
        + "."
        + (part(time, 4, "") + "000000").substring(0, 6);
  }

  private static String part(Matcher matcher, int group, String missing) {
    String part = matcher.group(group);
    return part == null ? missing : part;
  }
}
