package org.regionalpacs.codec.process;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Waits on processes' pipes for virtual threads. One of these that blocks on a pipe keeps its
 * carrier, and with as many of them as there are processors JDK 25 may come to run no virtual
 * thread at all: on a small host two slow images would stop every request.
 */
final class PipeThreads {
  /** As many as there are codec processes at work; they end when they have nothing to do. */
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("codec-pipe-", 0).factory());

  private PipeThreads() {}

  /** Talks to a process. */
  interface Talk<T> {
    T run() throws IOException;
  }

  /** Has it done, and waits for its end; what else would end it kills the process. */
  static <T> T call(Talk<T> talk) throws IOException {
    if (!Thread.currentThread().isVirtual()) {
      return talk.run();
    }
    Future<T> answer = THREADS.submit(talk::run);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw asThrown(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException asThrown(Throwable cause) {
    return switch (cause) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> new IOException(cause);
    };
  }
}
