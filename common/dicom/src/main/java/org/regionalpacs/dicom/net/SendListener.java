package org.regionalpacs.dicom.net;

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
}
