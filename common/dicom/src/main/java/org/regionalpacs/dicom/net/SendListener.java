package org.regionalpacs.dicom.net;

import java.nio.file.Path;

/** Is told of every file as {@link SendFiles} is done with it; by one thread at a time. */
@FunctionalInterface
public interface SendListener {
  /** Told nothing. */
  SendListener NONE = (_, _, _) -> {};

  /**
   * One more file is done.
   *
   * @param outcome what became of it
   * @param done files done up to now
   * @param total files in all
   */
  void done(SendOutcome outcome, int done, int total);

  /**
   * More of a file is on its way. A file that is tried again starts again.
   *
   * @param file the file
   * @param sent bytes of its data set handed to the network up to now
   * @param length bytes of its data set in all
   */
  default void sending(Path file, long sent, long length) {}
}
