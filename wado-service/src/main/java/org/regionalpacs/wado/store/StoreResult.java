package org.regionalpacs.wado.store;

import java.util.List;
import java.util.Optional;

/**
 * What became of a request.
 *
 * @param outcomes one for each object that was looked at, and for each part that is none
 * @param ended why the rest of the body was not looked at; empty when all was
 * @param tooLarge whether it ended at a limit
 */
record StoreResult(List<StoreOutcome> outcomes, Optional<String> ended, boolean tooLarge) {

  static StoreResult complete(List<StoreOutcome> outcomes) {
    return new StoreResult(outcomes, Optional.empty(), false);
  }

  static StoreResult broken(List<StoreOutcome> outcomes, String reason) {
    return new StoreResult(outcomes, Optional.of(reason), false);
  }

  static StoreResult tooLarge(List<StoreOutcome> outcomes, String reason) {
    return new StoreResult(outcomes, Optional.of(reason), true);
  }
}
