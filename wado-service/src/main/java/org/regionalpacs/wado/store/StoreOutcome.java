package org.regionalpacs.wado.store;

import java.util.Optional;
import org.regionalpacs.messages.StorageMessage;

/** What became of one object. */
sealed interface StoreOutcome {

  /** It is durable. */
  record Stored(StorageMessage object) implements StoreOutcome {}

  /**
   * It was refused.
   *
   * @param sopClass as far as known
   * @param sopInstance as far as known
   * @param reason for programs
   * @param comment for people; holds no patient identity
   */
  record Failed(
      Optional<String> sopClass, Optional<String> sopInstance, FailureReason reason, String comment)
      implements StoreOutcome {}
}
