package org.regionalpacs.codec.transcode;

import java.io.IOException;
import java.nio.file.Path;
import org.regionalpacs.codec.transcode.TranscodingRefusedException.Reason;

/** All that waits on disk of one object, counted together. Not thread-safe. */
final class Spools {
  private final Path folder;
  private final SpoolRoom room;
  private long taken;

  Spools(Path folder, SpoolRoom room) {
    this.folder = folder;
    this.room = room;
  }

  /** A new one, to be closed. */
  Spool open() throws IOException {
    return Spool.in(folder, this);
  }

  /**
   * Before they are written.
   *
   * @throws TranscodingRefusedException when the object would have too many
   * @throws IOException when there is no room just now
   */
  void take(long bytes) throws IOException {
    if (bytes > room.most() - taken) {
      throw new TranscodingRefusedException(
          Reason.TOO_LONG,
          "more than %d bytes would have to wait on the disk until it is done"
              .formatted(room.most()));
    }
    room.take(bytes);
    taken += bytes;
  }

  void give(long bytes) {
    taken -= bytes;
    room.give(bytes);
  }
}
