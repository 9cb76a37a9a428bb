package org.regionalpacs.index;

import java.util.Locale;

/** Of what an extended query tag is an attribute. */
public enum QueryTagLevel {
  /** Of the study, or its patient. */
  STUDY,
  /** Of the series. */
  SERIES,
  /** Of each instance. */
  INSTANCE;

  /** As tables have it. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  static QueryTagLevel ofColumn(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }
}
