package org.regionalpacs.dicom.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A person name (PS3.5 6.2.1): up to three groups of up to five components. Absent groups and
 * components are empty.
 *
 * @param alphabetic the name in single-byte characters
 * @param ideographic the name in ideographs, such as Chinese ones
 * @param phonetic the name as it is spoken
 */
public record PersonName(Group alphabetic, Group ideographic, Group phonetic) {

  /**
   * One way of writing a name.
   *
   * @param familyName family name complex
   * @param givenName given name complex
   * @param middleName middle name
   * @param prefix such as {@code Dr}
   * @param suffix such as {@code Jr}
   */
  public record Group(
      String familyName, String givenName, String middleName, String prefix, String suffix) {
    /** The group that isn't there. */
    public static final Group EMPTY = new Group("", "", "", "", "");

    static Group parse(String text) {
      if (text.isBlank()) {
        return EMPTY;
      }
      String[] parts = Arrays.copyOf(text.split("\\^", -1), 5);
      for (int i = 0; i < parts.length; i++) {
        parts[i] = parts[i] == null ? "" : parts[i].strip();
      }
      return new Group(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    /** Whether no component has a value. */
    public boolean isEmpty() {
      return equals(EMPTY);
    }

    /** As encoded, without trailing delimiters. */
    @Override
    public String toString() {
      return trimmed("^", List.of(familyName, givenName, middleName, prefix, suffix));
    }
  }

  /** Reads one value of a PN element; more than three groups or five components are left out. */
  public static PersonName parse(String value) {
    String[] groups = value.split("=", -1);
    return new PersonName(
        Group.parse(groups[0]),
        Group.parse(groups.length > 1 ? groups[1] : ""),
        Group.parse(groups.length > 2 ? groups[2] : ""));
  }

  /** Whether no group has a value. */
  public boolean isEmpty() {
    return alphabetic.isEmpty() && ideographic.isEmpty() && phonetic.isEmpty();
  }

  /** As encoded, without trailing delimiters. */
  @Override
  public String toString() {
    return trimmed(
        "=", List.of(alphabetic.toString(), ideographic.toString(), phonetic.toString()));
  }

  private static String trimmed(String delimiter, List<String> parts) {
    List<String> kept = new ArrayList<>(parts);
    while (!kept.isEmpty() && kept.getLast().isEmpty()) {
      kept.removeLast();
    }
    return String.join(delimiter, kept);
  }
}
