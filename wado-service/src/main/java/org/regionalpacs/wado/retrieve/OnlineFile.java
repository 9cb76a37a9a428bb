package org.regionalpacs.wado.retrieve;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file on this host's own disk where an object was last.
 *
 * @param length bytes that it has when it is the object
 */
record OnlineFile(Path path, long length) {

  /** Opens it; empty when it isn't there any more, or is no longer the object. */
  Optional<FileChannel> open() throws IOException {
    FileChannel file;
    try {
      file = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException _) {
      return Optional.empty();
    }
    try {
      if (file.size() == length) {
        return Optional.of(file);
      }
    } catch (IOException e) {
      file.close();
      throw e;
    }
    file.close();
    return Optional.empty();
  }
}
