package org.regionalpacs.standalone;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.regionalpacs.embedded.EmbeddedServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts an engine again that ended though nobody asked it to. Several times in a row with growing
 * pauses; then it gives up, and health stays down.
 */
final class Supervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** An engine that ran this long is well again: its failures are forgotten. */
  private static final Duration WELL = Duration.ofMinutes(10);

  private final Console console;
  private final Map<String, Thread> watchers = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Supervisor(Console console) {
    this.console = console;
  }

  void watch(EmbeddedServer server) {
    watchers.put(
        server.name(),
        Thread.ofVirtual().name("watch-" + server.name()).start(() -> keepAlive(server)));
  }

  private void keepAlive(EmbeddedServer server) {
    int attempt = 0;
    while (!closed) {
      long begin = System.nanoTime();
      int code = server.exited().join();
      if (closed) {
        return;
      }
      if (System.nanoTime() - begin > WELL.toNanos()) {
        attempt = 0;
      }
      attempt++;
      if (attempt > ATTEMPTS) {
        report("%s ended %d times: giving up, see the logs", server.name(), attempt);
        return;
      }
      report("%s ended unexpectedly (%d), starting it again", server.name(), code);
      try {
        Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
        server.restart();
        report("%s runs again", server.name());
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
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
