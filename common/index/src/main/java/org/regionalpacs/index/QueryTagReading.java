package org.regionalpacs.index;

import java.util.List;

/**
 * What one object says of an extended query tag.
 *
 * @param tag the tag
 * @param values in their order; none when the object doesn't have the attribute
 * @param problem why a value isn't among them; empty when nothing is wrong
 */
public record QueryTagReading(QueryTag tag, List<QueryTagValue> values, String problem) {

  /** Whether the object has a value. */
  public boolean found() {
    return !values.isEmpty();
  }

  /** An object that couldn't be read. */
  public static QueryTagReading unread(QueryTag tag, String reason) {
    return new QueryTagReading(tag, List.of(), reason);
  }

  boolean nothing() {
    return values.isEmpty() && problem.isEmpty();
  }
}
