package org.regionalpacs.warehouse;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** Types of columns, and what a {@link Row} holds for them. */
public enum ColumnType {
  /** Text of at most {@link Column#length} characters. */
  TEXT(String.class),
  /** 32 bits, signed. */
  INT(Integer.class),
  /** 64 bits, signed. */
  LONG(Long.class),
  /** A number with up to 27 digits, 9 of them behind the point. */
  DECIMAL(BigDecimal.class),
  /** A day, without a timezone. */
  DAY(LocalDate.class),
  /** A moment, to the millisecond, in UTC. */
  MOMENT(Instant.class);

  private final Class<?> java;

  ColumnType(Class<?> java) {
    this.java = java;
  }

  /** What a value of this type is in Java. */
  public Class<?> java() {
    return java;
  }
}
