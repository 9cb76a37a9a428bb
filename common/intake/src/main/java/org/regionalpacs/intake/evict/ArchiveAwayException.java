package org.regionalpacs.intake.evict;

import java.io.IOException;

/** Several objects in a row whose archive didn't answer. */
final class ArchiveAwayException extends IOException {
  private static final long serialVersionUID = 1L;

  ArchiveAwayException(IOException last) {
    super("the archive doesn't answer: " + last.getMessage(), last);
  }
}
