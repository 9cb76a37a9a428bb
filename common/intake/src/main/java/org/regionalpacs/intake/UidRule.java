package org.regionalpacs.intake;

import java.util.regex.Pattern;

/**
 * Which UIDs of strangers may become file names. PS3.5 9.1 allows digits and dots; letters, hyphens
 * and leading zeros exist in the field and are harmless, so they are taken.
 */
final class UidRule {
  /** PS3.5 9.1. */
  private static final int MAX_LENGTH = 64;

  private static final Pattern USABLE =
      Pattern.compile("[0-9A-Za-z](?:[0-9A-Za-z_-]|\\.(?!\\.|$))*+");

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

  /** Whether a trimmed UID can be a file name. */
  static boolean isUsable(String uid) {
    return uid.length() <= MAX_LENGTH && USABLE.matcher(uid).matches();
  }
}
