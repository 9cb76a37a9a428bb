package org.regionalpacs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.regionalpacs.storage.BlobStore;

/** Puts and gets blobs of a store, and tells how fast it was. */
final class BlobTrial {
  private static final int BUFFER = 128 * 1024;

  private final BlobStore store;

  BlobTrial(BlobStore store) {
    this.store = store;
  }

  /**
   * Puts a file, reads it back and removes it.
   *
   * @param puts takes bytes a second of the put
   * @param gets takes bytes a second of the get
   */
  void large(String name, Path file, long size, Rates puts, Rates gets) throws IOException {
    long start = System.nanoTime();
    String id = store.putFile(name, file).id();
    puts.add(size / seconds(start));
    try {
      start = System.nanoTime();
      read(id, size, new byte[BUFFER]);
      gets.add(size / seconds(start));
    } finally {
      store.delete(id);
    }
  }

  /**
   * Reads blobs, each thread all of them, each beginning elsewhere.
   *
   * @param ids of blobs of this size
   * @return blobs a second
   */
  double reads(List<String> ids, long size, int readers) throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int reader = 0; reader < readers; reader++) {
        int first = reader * ids.size() / readers;
        running.add(
            threads.submit(() -> {
              byte[] buffer = new byte[BUFFER];
              for (int i = 0; i < ids.size(); i++) {
                read(ids.get((first + i) % ids.size()), size, buffer);
              }
              return null;
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return readers * ids.size() / seconds(start);
  }

  private void read(String id, long size, byte[] buffer) throws IOException {
    long read = 0;
    try (InputStream in = store.get(id, 0, size)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        read += n;
      }
    }
    if (read != size) {
      throw new IOException("%s gave %d bytes of %d".formatted(store.name(), read, size));
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
