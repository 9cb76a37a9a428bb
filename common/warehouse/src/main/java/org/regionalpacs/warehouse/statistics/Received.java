package org.regionalpacs.warehouse.statistics;

import java.util.List;

/**
 * What was received of a group. A study of which something came on two days, or by two modalities,
 * counts in both groups.
 *
 * @param group values of what {@link ReceivedBy} tells apart
 * @param studies of which objects came
 * @param series of which objects came
 * @param instances objects that were accepted, with those that came again with other content
 * @param bytes of their files
 */
public record Received(List<String> group, long studies, long series, long instances, long bytes) {
  public Received {
    group = List.copyOf(group);
  }

  /** All of groups that have no study in common. */
  static Received sum(List<Received> groups) {
    Received sum = new Received(List.of(), 0, 0, 0, 0);
    for (Received each : groups) {
      sum =
          new Received(
              List.of(),
              sum.studies + each.studies,
              sum.series + each.series,
              sum.instances + each.instances,
              sum.bytes + each.bytes);
    }
    return sum;
  }
}
