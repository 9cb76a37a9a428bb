package org.regionalpacs.wado.query;

import java.util.Optional;

/**
 * What the path of a search names.
 *
 * @param level what is searched for
 * @param study the study it is searched in
 * @param series the series it is searched in
 */
record Target(Level level, Optional<String> study, Optional<String> series) {

  /** Whether results say to which of these they belong, as the path doesn't (PS3.18 10.6.3.3). */
  boolean returns(Level ancestor) {
    return switch (ancestor) {
      case STUDY -> level == Level.STUDY || study.isEmpty();
      case SERIES -> level == Level.SERIES || level == Level.INSTANCE && series.isEmpty();
      case INSTANCE -> level == Level.INSTANCE;
    };
  }
}
