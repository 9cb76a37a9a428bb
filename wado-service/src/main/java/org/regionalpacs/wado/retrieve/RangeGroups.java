package org.regionalpacs.wado.retrieve;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.wado.web.MediaRange;

/**
 * Media ranges that are wanted alike: among them the service chooses (PS3.18 8.7.8, RFC 9110
 * 12.5.1). Who accepts everything is asked last, and the header behind the query parameter.
 */
final class RangeGroups {
  private RangeGroups() {}

  /**
   * The groups, the most wanted first.
   *
   * @param accepted most wanted first
   */
  static List<List<MediaRange>> of(List<MediaRange> accepted) {
    List<List<MediaRange>> groups = new ArrayList<>();
    for (MediaRange range : accepted) {
      if (groups.isEmpty() || !alike(groups.getLast().getFirst(), range)) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(range);
    }
    return groups;
  }

  private static boolean alike(MediaRange one, MediaRange other) {
    return one.quality() == other.quality()
        && one.anything() == other.anything()
        && one.ofHeader() == other.ofHeader();
  }
}
