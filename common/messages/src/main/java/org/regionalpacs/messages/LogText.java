package org.regionalpacs.messages;

/** Text in records of {@link Topics#LOG}: callers write some of it, so it is bounded. */
final class LogText {
  /** Of an address, an operation or a store, in characters. */
  static final int NAME = 64;

  /** Of a UID, or of who asked, in characters. */
  static final int UID = 128;

  /** Of a reason, in characters. */
  static final int REASON = 512;

  private LogText() {}

  /**
   * The text as it may be kept: cut to a length, in one line.
   *
   * @param text nothing where a record lacks the member
   * @param limit in characters; a pair of surrogates is never cut in two
   */
  static String of(String text, int limit) {
    if (text == null) {
      return "";
    }
    String cut = text.length() <= limit ? text : cut(text, limit);
    return plain(cut) ? cut : cleaned(cut);
  }

  /** Printable ASCII, as almost all of it is: without a look at each in a table. */
  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static String cut(String text, int limit) {
    return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
  }

  private static String cleaned(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(c -> strange(c) ? ' ' : c).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** Controls, lone halves of surrogates, and what turns the direction of a line. */
  private static boolean strange(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
