package org.regionalpacs.dicom.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts by class of file how readers agree, for the table in the module's README. */
final class Agreement {
  private static final String HEAD =
      """
      | class of file | files | read | as DCMTK | refused by both | only DCMTK refuses | only we refuse |
      |---|---:|---:|---:|---:|---:|---:|
      """;

  private final Map<String, int[]> counts = new TreeMap<>();
  private final List<String> disagreements = new ArrayList<>();

  /** What another reader makes of a file. */
  enum Verdict {
    SAME,
    OTHER,
    REFUSED
  }

  void add(String kind, String file, boolean read, Verdict dcmtk) {
    int[] count = counts.computeIfAbsent(kind, k -> new int[6]);
    boolean theyRead = dcmtk != Verdict.REFUSED;
    count[0]++;
    count[1] += read ? 1 : 0;
    count[2] += dcmtk == Verdict.SAME ? 1 : 0;
    count[3] += !read && !theyRead ? 1 : 0;
    count[4] += read && !theyRead ? 1 : 0;
    count[5] += !read && theyRead ? 1 : 0;
    if (read && dcmtk == Verdict.OTHER) {
      disagreements.add(file);
    }
  }

  List<String> disagreements() {
    return disagreements;
  }

  String table() {
    StringBuilder table = new StringBuilder(HEAD);
    counts.forEach((kind, count) ->
        table.append(
            "| %s | %d | %d | %d | %d | %d | %d |%n"
                .formatted(kind, count[0], count[1], count[2], count[3], count[4], count[5])));
    return table.toString();
  }
}
