package org.regionalpacs.intake;

import java.io.IOException;
import java.nio.file.Path;

/** The free-space mark of the online store's volume. */
final class FreeSpace {
  private final Path root;
  private final long minimum;

  /**
   * @param minimum bytes that stay free
   */
  FreeSpace(Path root, long minimum) {
    this.root = root;
    this.minimum = minimum;
  }

  /**
   * @throws IOException when the volume is below its mark
   */
  void require() throws IOException {
    long free = bytes();
    if (free < minimum) {
      throw new IOException("free space " + free + " is below the mark of " + minimum + " bytes");
    }
  }

  /** Bytes that may still be written; 0 when the volume is gone. */
  long bytes() {
    return root.toFile().getUsableSpace();
  }
}
