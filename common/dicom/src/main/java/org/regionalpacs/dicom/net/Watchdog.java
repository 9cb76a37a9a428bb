package org.regionalpacs.dicom.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a socket whose peer stopped reading, or drips its TLS handshake. A blocking write has no
 * timeout in Java, and that of a read starts anew with every byte; closing the socket from another
 * thread is the one way to end it.
 *
 * <p>One thread looks at all connections every {@value #TICK_MILLIS} ms while there are any: to
 * guard a write costs two stores to memory, where a timer a write would wake a thread each time.
 */
final class Watchdog implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /** A limit is overstepped by this much at most. */
  private static final long TICK_MILLIS = 50;

  private static final long TICK_NANOS = Duration.ofMillis(TICK_MILLIS).toNanos();
  private static final Set<Watchdog> WATCHED = ConcurrentHashMap.newKeySet();
  private static final Thread TICKER =
      Thread.ofPlatform().daemon().name("dicom-watchdog").unstarted(Watchdog::watch);

  static {
    TICKER.start();
  }

  private final Socket socket;

  /** In the time of {@link System#nanoTime}; only a hint until {@link #armed} says so. */
  private volatile long deadline;

  private volatile boolean armed;
  private volatile boolean fired;

  private Watchdog(Socket socket) {
    this.socket = socket;
  }

  /** Watches the socket until this is closed. */
  static Watchdog over(Socket socket) {
    Watchdog watchdog = new Watchdog(socket);
    WATCHED.add(watchdog);
    LockSupport.unpark(TICKER);
    return watchdog;
  }

  /** From now on the socket is closed after the limit, unless {@link #disarm} comes before. */
  void arm(Duration limit) {
    deadline = System.nanoTime() + limit.toNanos();
    armed = true;
  }

  void disarm() {
    armed = false;
  }

  /** Whether it closed the socket. */
  boolean fired() {
    return fired;
  }

  @Override
  public void close() {
    WATCHED.remove(this);
  }

  private static void watch() {
    while (true) {
      if (WATCHED.isEmpty()) {
        LockSupport.park(WATCHED);
      }
      LockSupport.parkNanos(WATCHED, TICK_NANOS);
      long now = System.nanoTime();
      WATCHED.forEach(watchdog -> watchdog.look(now));
    }
  }

  private void look(long now) {
    // The limit is read before and the arming after, so that the limit of a write that has just
    // ended is never held against the next one.
    long limit = deadline;
    if (armed && limit == deadline && now - limit >= 0) {
      fired = true;
      close();
      try {
        socket.close();
      } catch (IOException e) {
        LOG.debug("Closing the connection of a stuck peer failed", e);
      }
    }
  }
}
