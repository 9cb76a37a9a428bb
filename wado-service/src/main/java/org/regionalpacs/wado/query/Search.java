package org.regionalpacs.wado.query;

import java.util.List;
import java.util.Map;

/**
 * A search, understood.
 *
 * @param target what the path names
 * @param conditions what the parameters ask for, by the level of their attributes
 * @param selection what results hold
 * @param page which of the results
 * @param steady whether the values that it asks for find a few rows each, whatever they are
 * @param warnings what wasn't honoured
 */
record Search(
    Target target,
    Map<Level, List<Condition>> conditions,
    Selection selection,
    Page page,
    boolean steady,
    List<String> warnings) {

  /**
   * Which of the results, in their order.
   *
   * @param offset results passed over
   * @param limit most results
   */
  record Page(long offset, int limit) {}
}
