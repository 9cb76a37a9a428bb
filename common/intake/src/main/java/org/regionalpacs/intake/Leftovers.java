package org.regionalpacs.intake;

import java.io.IOException;
import java.util.Optional;

/** What dead processes left in the folders that a ROOT's processes share. */
final class Leftovers {
  private final OnlineStore store;
  private final Announcer announcer;
  private final OwnedFolder temporary;
  private final Optional<Outbox> outbox;

  Leftovers(
      OnlineStore store, Announcer announcer, OwnedFolder temporary, Optional<Outbox> outbox) {
    this.store = store;
    this.announcer = announcer;
    this.temporary = temporary;
    this.outbox = outbox;
  }

  /** Settles it; how many files. Two at a time share the work. */
  int settle() throws IOException {
    int files = 0;
    if (outbox.isPresent()) {
      files += outbox.get().adopt();
    }
    Recovery recovery = new Recovery(store, announcer);
    files += recovery.takeOver(temporary);
    recovery.announce();
    return files;
  }
}
