package org.regionalpacs.storage.fastdfs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is to be uploaded, readable as often as it takes. */
sealed interface Source {
  /** Bytes in it. */
  long size();

  InputStream open() throws IOException;

  /** The first bytes of an array. */
  record Memory(byte[] bytes, int length) implements Source {
    @Override
    public long size() {
      return length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes, 0, length);
    }
  }

  /**
   * In a file that doesn't change, and a few bytes behind it.
   *
   * @param fileSize bytes in the file
   */
  record OnDisk(Path file, long fileSize, byte[] tail) implements Source {
    @Override
    public long size() {
      return fileSize + tail.length;
    }

    @Override
    public InputStream open() throws IOException {
      InputStream content = Files.newInputStream(file);
      return tail.length == 0
          ? content
          : new SequenceInputStream(content, new ByteArrayInputStream(tail));
    }
  }
}
