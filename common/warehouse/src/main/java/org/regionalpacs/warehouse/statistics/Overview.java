package org.regionalpacs.warehouse.statistics;

import java.util.List;

/**
 * What most want to know of a range of days.
 *
 * @param received all that was received, each study and series once; without a group
 * @param byModality the same by modality
 * @param delays of all objects, as if they were of the first day
 * @param accesses all requests; without a group
 * @param byOperation the same by operation, the most frequent first
 */
public record Overview(
    Received received,
    List<Received> byModality,
    Delays delays,
    Accesses accesses,
    List<Accesses> byOperation) {
  public Overview {
    byModality = List.copyOf(byModality);
    byOperation = List.copyOf(byOperation);
  }
}
