package org.regionalpacs.metadata;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.regionalpacs.index.InstanceObject;

/** Reads the headers of instances a few ahead of the one that is wanted next. */
final class ReadAhead implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Future<InstanceText>> reading = new ArrayDeque<>();
  private final Iterator<InstanceObject> coming;
  private final Function<InstanceObject, InstanceText> reader;

  ReadAhead(
      List<InstanceObject> instances,
      Function<InstanceObject, InstanceText> reader,
      int parallelReads) {
    this.coming = instances.iterator();
    this.reader = reader;
    for (int i = 0; i < parallelReads; i++) {
      startNext();
    }
  }

  /** The text of the next instance, in the order given. */
  InstanceText next() throws IOException {
    try {
      InstanceText text = reading.remove().get();
      startNext();
      return text;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading headers");
    }
  }

  private void startNext() {
    if (coming.hasNext()) {
      InstanceObject instance = coming.next();
      reading.add(threads.submit(() -> reader.apply(instance)));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
