package org.regionalpacs.index;

import java.util.List;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/**
 * An attribute that a tenant wants to search by beside those that are always indexed.
 *
 * @param tenant whose
 * @param id in its tables; never used again
 * @param path its tag; of an attribute in items the sequence's before it
 * @param creator the private creator, empty for an attribute of the standard. The block in a
 *     private tag is a name only: objects reserve their own (PS3.5 7.8.1)
 * @param vr one that has a {@link QueryTagKind}
 * @param level of what it is an attribute
 */
public record QueryTag(
    String tenant, int id, List<Integer> path, String creator, VR vr, QueryTagLevel level) {

  public QueryTag {
    path = List.copyOf(path);
  }

  /** How its values are compared. */
  public QueryTagKind kind() {
    return QueryTagKind.of(vr).orElseThrow();
  }

  /** The attribute itself. */
  public int tag() {
    return path.getLast();
  }

  /** Whether it is an attribute of items of a sequence. */
  public boolean inItems() {
    return path.size() > 1;
  }

  /** Eight hex digits; in items of a sequence, those of both with a dot between. */
  public static String text(List<Integer> path) {
    return path.stream().map(Tag::toHex).collect(Collectors.joining("."));
  }

  static List<Integer> path(String text) {
    return text.indexOf('.') < 0
        ? List.of(Integer.parseUnsignedInt(text, 16))
        : List.of(
            Integer.parseUnsignedInt(text, 0, 8, 16), Integer.parseUnsignedInt(text, 9, 17, 16));
  }
}
