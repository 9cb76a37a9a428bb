package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs calls of the client on virtual threads: an interrupt closes the socket that such a thread
 * hangs in, which it doesn't on a platform thread.
 */
final class Attempts {
  private static final Duration LONGEST_LOOK = Duration.ofMillis(500);

  private final Duration connectTimeout;
  private final Duration ioTimeout;

  private Attempts(Duration connectTimeout, Duration ioTimeout) {
    this.connectTimeout = connectTimeout;
    this.ioTimeout = ioTimeout;
  }

  /** Attempts at what changes something. */
  Attempts(FastDfsProperties settings) {
    this(settings.connectTimeout(), settings.ioTimeout());
  }

  /** Attempts at reading: somebody waits for each. */
  static Attempts atReading(FastDfsProperties settings) {
    Duration silence = settings.readTimeout();
    Duration connect = settings.connectTimeout();
    return new Attempts(connect.compareTo(silence) < 0 ? connect : silence, silence);
  }

  /** What is attempted. */
  interface Attempt<T> {
    T run(Client client) throws IOException;
  }

  /**
   * Runs an attempt to its end, its deadline, or until the peer takes nothing any more. When this
   * returns its connections are closed.
   */
  <T> T run(Deadline deadline, Attempt<T> attempt) throws IOException {
    Sockets sockets = new Sockets(connectTimeout, ioTimeout);
    FutureTask<T> task = new FutureTask<>(() -> attempt.run(new Client(sockets)));
    Thread thread = Thread.ofVirtual().name("fastdfs").start(task);
    try (sockets) {
      return await(task, deadline, sockets);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      thread.interrupt();
    }
  }

  private <T> T await(FutureTask<T> task, Deadline deadline, Sockets sockets)
      throws IOException, InterruptedException {
    long look = Math.min(LONGEST_LOOK.toNanos(), ioTimeout.toNanos() / 4);
    while (true) {
      try {
        return task.get(Math.min(look, deadline.left()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (deadline.passed()) {
          throw new IOException("not done in time");
        }
        if (sockets.stalled()) {
          throw new IOException("the peer takes nothing for " + ioTimeout);
        }
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }
  }

  private static IOException failure(Throwable cause) throws IOException {
    return switch (cause) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> new IOException(cause);
    };
  }

  /** An attempt that goes on while its caller does something else. */
  Running start(Attempt<Void> attempt) {
    Sockets sockets = new Sockets(connectTimeout, ioTimeout);
    Thread thread =
        Thread.ofVirtual()
            .name("fastdfs")
            .start(() -> {
              try (sockets) {
                attempt.run(new Client(sockets));
              } catch (IOException e) {
                throw new IllegalStateException("an attempt tells its failures itself", e);
              }
            });
    return () -> {
      sockets.close();
      thread.interrupt();
    };
  }

  /** What goes on. */
  interface Running {
    /** Ends it soon. */
    void cancel();
  }
}
