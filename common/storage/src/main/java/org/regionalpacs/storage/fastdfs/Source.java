package org.regionalpacs.storage.fastdfs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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

  /** In a file that doesn't change. */
  record OnDisk(Path file, long size) implements Source {
    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(file);
    }
  }
}
