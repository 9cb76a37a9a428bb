package org.regionalpacs.standalone;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.regionalpacs.embedded.EmbeddedServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a child again that ended though nobody asked it to, after the pauses of {@link
 * RestartPauses}, and keeps those down that are on hold.
 */
final class Supervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final long LOOK_MILLIS = 250;

  /** From then on it is said that somebody should look. */
  private static final int MANY = 5;

  private final Console console;
  private final Holds holds;
  private final Map<String, Thread> watchers = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Supervisor(Console console, Holds holds) {
    this.console = console;
    this.holds = holds;
  }

  void watch(EmbeddedServer server) {
    watchers.put(
        server.name(),
        Thread.ofVirtual().name("watch-" + server.name()).start(() -> keepAlive(server)));
  }

  private void keepAlive(EmbeddedServer server) {
    RestartPauses pauses = new RestartPauses();
    try {
      while (!closed) {
        long begin = System.nanoTime();
        int code = awaitEnd(server);
        if (closed) {
          return;
        }
        if (holds.held(server.name())) {
          awaitRelease(server);
          pauses.forget();
        } else {
          rest(server, code, pauses, Duration.ofNanos(System.nanoTime() - begin));
        }
        restart(server);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /** Waits until it has ended, by itself or because it is to be held. */
  private int awaitEnd(EmbeddedServer server) throws InterruptedException {
    while (!closed) {
      try {
        return server.exited().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (holds.held(server.name())) {
          server.stop();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    return 0;
  }

  private void awaitRelease(EmbeddedServer server) throws InterruptedException {
    report("%s is on hold", server.name());
    while (holds.held(server.name())) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private void rest(EmbeddedServer server, int code, RestartPauses pauses, Duration ran)
      throws InterruptedException {
    Duration pause = pauses.next(ran);
    report(
        "%s ended unexpectedly (%d), starting it again in %.1f s",
        server.name(), code, pause.toMillis() / 1e3);
    if (pauses.failures() >= MANY) {
      LOG.error(
          "{} ended {} times in a row: what is in its way? It is tried again for ever",
          server.name(),
          pauses.failures());
    }
    Thread.sleep(pause);
  }

  private void restart(EmbeddedServer server) {
    try {
      server.restart();
      report("%s runs again", server.name());
    } catch (IOException e) {
      if (!closed) {
        LOG.error("{} could not be started", server.name(), e);
      }
    }
  }

  private void report(String line, Object... values) {
    String text = line.formatted(values);
    LOG.warn(text);
    console.say(text);
  }

  @Override
  public void close() {
    closed = true;
    watchers.values().forEach(Thread::interrupt);
  }
}
