package org.regionalpacs.intake;

import java.io.IOException;

/** The volume of the online store is below its free-space mark, or would soon be. */
public final class LowSpaceException extends IOException {
  private static final long serialVersionUID = 1L;

  LowSpaceException(long free, long minimum, long claimed, long wanted) {
    super(
        "%d bytes free, %d of them to be kept, %d claimed by objects under way, %d wanted"
            .formatted(free, minimum, claimed, wanted));
  }
}
