package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.regionalpacs.intake.GroupFlush.Flushing;

/** What the intake does to the disk for each object: write, flush, link, flush the folder. */
final class FlushTrial {
  private final Path folder;
  private final byte[] object;
  private final AtomicLong flushes = new AtomicLong();

  /**
   * @param folder the series all objects go to
   * @param size bytes of an object
   */
  FlushTrial(Path folder, int size) {
    this.folder = folder;
    this.object = new byte[size];
  }

  /** Flushes of the folder that reached the disk. */
  long flushes() {
    return flushes.get();
  }

  /** Flushes the folder, and counts it. */
  void flush(Path each) throws IOException {
    flushes.incrementAndGet();
    try (FileChannel channel = FileChannel.open(each, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Stores objects from several threads at once, and removes them.
   *
   * @param count objects of each thread
   * @return objects a second
   */
  double run(int associations, int count, Flushing flushing)
      throws IOException, InterruptedException {
    Path series = Files.createDirectories(folder.resolve(UUID.randomUUID().toString()));
    Path temporary = Files.createDirectories(folder.resolve(UUID.randomUUID().toString()));
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < associations; i++) {
        running.add(
            threads.submit(() -> {
              store(count, series, temporary, flushing);
              return null;
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    new WorkFolder(series).close();
    new WorkFolder(temporary).close();
    return associations * count / seconds;
  }

  private void store(int count, Path series, Path temporary, Flushing flushing) throws IOException {
    for (int i = 0; i < count; i++) {
      String name = UUID.randomUUID().toString();
      Path part = temporary.resolve(name);
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(object);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.createLink(series.resolve(name), part);
      flushing.flush(series);
      Files.delete(part);
    }
  }
}
