package org.regionalpacs.wado.query;

import java.util.List;

/**
 * What a parameter asks for.
 *
 * @param parameter its name, for complaints
 * @param level of the attribute
 * @param reach whether it may stand alone
 * @param condition in SQL
 */
record Match(String parameter, Level level, Reach reach, Condition condition) {

  /** At least one of several of the same key. */
  static Match anyOf(List<Match> matches) {
    Match first = matches.getFirst();
    boolean indexed = matches.stream().noneMatch(match -> match.reach == Reach.NARROWING);
    return new Match(
        first.parameter,
        first.level,
        indexed ? Reach.INDEXED : Reach.NARROWING,
        Condition.anyOf(matches, Match::condition));
  }
}
