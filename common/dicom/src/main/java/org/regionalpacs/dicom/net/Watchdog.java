package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a socket whose peer stopped reading, or drips its TLS handshake. A blocking write has no
 * timeout in Java, and that of a read starts anew with every byte; closing the socket from another
 * thread is the one way to end it.
 */
final class Watchdog {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private Watchdog() {}

  private static ScheduledThreadPoolExecutor timer() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("dicom-watchdog").factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** Closes the socket after the limit, unless the returned future is cancelled before. */
  static Future<?> guard(Socket socket, Duration limit) {
    return TIMER.schedule(() -> close(socket), limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("Closing the connection of a stuck peer failed", e);
    }
  }
}
