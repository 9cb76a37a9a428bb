package org.regionalpacs.codec.transcode;

import java.io.IOException;

/**
 * How much of a disk transcoding may take while it goes on. A few megabytes that are deflated may
 * be many gigabytes. Thread-safe.
 */
public interface SpoolRoom {

  /** Most bytes that one object may wait with on disk, in all. */
  long most();

  /**
   * Takes room, before it is written to.
   *
   * @throws IOException when there isn't so much just now
   */
  void take(long bytes) throws IOException;

  /** Gives back what was taken, the bytes being gone. */
  void give(long bytes);

  /** Counts objects by themselves. */
  static SpoolRoom ofEach(long most) {
    return new SpoolRoom() {
      @Override
      public long most() {
        return most;
      }

      @Override
      public void take(long bytes) {
        // The others aren't looked at.
      }

      @Override
      public void give(long bytes) {
        // Nor is this one.
      }
    };
  }
}
