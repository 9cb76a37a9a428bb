package org.regionalpacs.dicom.net;

/** AE titles (PS3.5 6.2, VR AE): 1 to 16 printable ASCII characters, no backslash. */
final class AeTitle {
  static final int LENGTH = 16;

  private AeTitle() {}

  static boolean isValid(String title) {
    return !title.isEmpty()
        && title.length() <= LENGTH
        && title.equals(title.strip())
        && title.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '\\');
  }

  /**
   * @throws IllegalArgumentException when the title isn't valid
   */
  static String require(String title) {
    if (!isValid(title)) {
      throw new IllegalArgumentException("'" + title + "' is no AE title (1 to 16 characters)");
    }
    return title;
  }
}
