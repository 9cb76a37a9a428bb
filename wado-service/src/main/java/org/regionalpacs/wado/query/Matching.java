package org.regionalpacs.wado.query;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.regionalpacs.index.Folding;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.PathUids;

/** The ways of matching (PS3.4 C.2.2.2). */
enum Matching {
  /** List of UIDs. */
  UID {
    @Override
    Condition condition(String column, String parameter, String value) {
      return Condition.in(column, uids(parameter, value));
    }

    @Override
    boolean single(String value) {
      return !value.contains(",") && !value.contains("\\");
    }
  },
  /** Single value or wild card, every letter as written. */
  TEXT {
    @Override
    Condition condition(String column, String parameter, String value) {
      return Wildcards.condition(column, value.strip());
    }

    @Override
    boolean indexable(String value) {
      return Wildcards.indexable(value.strip());
    }

    @Override
    boolean splits() {
      return true;
    }
  },
  /** Single value or wild card; case and accents don't matter. */
  FOLDED {
    @Override
    Condition condition(String column, String parameter, String value) {
      return Wildcards.condition(column, Folding.fold(value.strip()));
    }

    @Override
    boolean indexable(String value) {
      return Wildcards.indexable(value.strip());
    }

    @Override
    boolean splits() {
      return true;
    }
  },
  /** Person name. */
  NAME {
    @Override
    Condition condition(String column, String parameter, String value) {
      return PersonNames.condition(column, value);
    }

    @Override
    boolean splits() {
      return true;
    }
  },
  /** One of some code strings. */
  CODE {
    @Override
    Condition condition(String column, String parameter, String value) {
      return Condition.anyOf(list(value), code -> Wildcards.condition(column, code));
    }

    @Override
    boolean indexable(String value) {
      return !Wildcards.in(value);
    }
  },
  /** An array of code strings has one of them. */
  CODES {
    @Override
    Condition condition(String column, String parameter, String value) {
      List<String> codes = list(value);
      if (codes.isEmpty()) {
        return Condition.ALWAYS;
      }
      if (codes.stream().noneMatch(Wildcards::in)) {
        return overlap(column, codes);
      }
      Condition any = Condition.anyOf(codes, code -> Wildcards.condition("code", code));
      return new Condition(
          "exists (select 1 from unnest(" + column + ") code where " + any.sql() + ")",
          any.parameters());
    }

    @Override
    boolean indexable(String value) {
      return !Wildcards.in(value);
    }

    @Override
    Condition empty(String column) {
      return new Condition(column + " = '{}'", List.of());
    }
  },
  /** An array of UIDs has one of them. */
  UIDS {
    @Override
    Condition condition(String column, String parameter, String value) {
      return overlap(column, uids(parameter, value));
    }

    @Override
    Condition empty(String column) {
      return new Condition(column + " = '{}'", List.of());
    }
  },
  DATE {
    @Override
    Condition condition(String column, String parameter, String value) {
      return DateTimeRanges.dates(column, parameter, value.strip());
    }
  },
  TIME {
    @Override
    Condition condition(String column, String parameter, String value) {
      return DateTimeRanges.times(column, parameter, value.strip());
    }
  },
  /** An integer. */
  NUMBER {
    @Override
    Condition condition(String column, String parameter, String value) {
      try {
        return Condition.of(column + " = ?", Integer.parseInt(value.strip()));
      } catch (NumberFormatException _) {
        throw new BadParameterException(parameter, parameter + " must be an integer.");
      }
    }

    @Override
    Condition empty(String column) {
      return new Condition(column + " is null", List.of());
    }
  };

  private static final int MOST_VALUES = 1000;
  private static final int MOST_ALTERNATIVES = 50;
  private static final int LONGEST_VALUE = 256;
  private static final int NAME_GROUPS = 3;

  /**
   * The condition that a value from a request sets.
   *
   * @param parameter what a complaint calls it
   * @throws BadParameterException when the value isn't of the form
   */
  abstract Condition condition(String column, String parameter, String value);

  /** Whether an index on the column, if there is one, finds what matches the value. */
  boolean indexable(String value) {
    return true;
  }

  /** Whether it asks for one of many values, each of which few rows have. */
  boolean single(String value) {
    return false;
  }

  /** Whether the backslash separates several values, where the request wants that. */
  boolean splits() {
    return false;
  }

  /** Holds where the attribute has no value. */
  Condition empty(String column) {
    boolean kept = column.startsWith("(");
    return new Condition(column + (kept ? " is null" : " = ''"), List.of());
  }

  /** Whether an index on the column finds what has no value. */
  boolean emptyIndexable() {
    return switch (this) {
      case TEXT, CODE, DATE, TIME -> true;
      case UID, FOLDED, NAME, CODES, UIDS, NUMBER -> false;
    };
  }

  /**
   * The values that backslashes separate.
   *
   * @throws BadParameterException when there are too many
   */
  static List<String> values(String parameter, String value) {
    List<String> values =
        Arrays.stream(value.split("\\\\")).filter(one -> !one.isBlank()).distinct().toList();
    if (values.size() > MOST_ALTERNATIVES) {
      throw new BadParameterException(
          parameter, parameter + " may list " + MOST_ALTERNATIVES + " values at most.");
    }
    return values;
  }

  /**
   * Keeps what a single value makes of the statement small.
   *
   * @throws BadParameterException when it is longer than any value there can be
   */
  void bound(String parameter, String value) {
    boolean longGroups = this == NAME && value.split("=", -1).length > NAME_GROUPS;
    boolean list = this == UID || this == UIDS || this == CODE || this == CODES;
    if (longGroups || !list && value.length() > LONGEST_VALUE) {
      throw new BadParameterException(
          parameter,
          parameter
              + " may have "
              + LONGEST_VALUE
              + " characters at most, a name "
              + NAME_GROUPS
              + " component groups.");
    }
  }

  private static List<String> list(String value) {
    return Arrays.stream(value.split("[,\\\\]"))
        .map(code -> code.strip().toUpperCase(Locale.ROOT))
        .filter(code -> !code.isEmpty())
        .distinct()
        .limit(MOST_VALUES)
        .toList();
  }

  /** In QIDO-RS a list is separated by commas; the backslash of C-FIND is understood too. */
  private static List<String> uids(String parameter, String value) {
    List<String> uids =
        Arrays.stream(value.split("[,\\\\]")).map(String::strip).distinct().toList();
    if (uids.isEmpty() || !uids.stream().allMatch(PathUids::usable)) {
      throw new BadParameterException(
          parameter, parameter + " must be a UID or a list of UIDs separated by commas.");
    }
    if (uids.size() > MOST_VALUES) {
      throw new BadParameterException(
          parameter, parameter + " may list " + MOST_VALUES + " UIDs at most.");
    }
    return uids;
  }

  private static Condition overlap(String column, List<String> values) {
    String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
    return new Condition(column + " && array[" + marks + "]::text[]", List.copyOf(values));
  }
}
