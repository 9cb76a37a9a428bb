package org.regionalpacs.intake;

/** What stands around the UIDs of strangers. */
final class UidRule {
  private UidRule() {}

  /** Without the padding that PS3.5 9.1 asks for (NUL) and that is found (spaces). */
  static String trim(String uid) {
    int end = uid.length();
    while (end > 0 && uid.charAt(end - 1) <= ' ') {
      end--;
    }
    int start = 0;
    while (start < end && uid.charAt(start) <= ' ') {
      start++;
    }
    return uid.substring(start, end);
  }
}
