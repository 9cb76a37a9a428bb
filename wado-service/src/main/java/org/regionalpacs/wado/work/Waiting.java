package org.regionalpacs.wado.work;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.catalina.connector.ClientAbortException;
import org.regionalpacs.wado.web.ClientPresence;
import org.regionalpacs.wado.web.UnavailableException;

/**
 * Waits for something on behalf of a client, as long as there is one.
 *
 * @param client for whom
 * @param look how often to look whether it is still there
 */
public record Waiting(ClientPresence client, Duration look) {
  /** Costs a read of the connection, of which nothing comes. */
  private static final Duration OFTEN = Duration.ofMillis(200);

  /** For the client of the request that this thread serves. */
  public static Waiting forThisRequest() {
    return new Waiting(ClientPresence.ofThisRequest(), OFTEN);
  }

  /**
   * The result, when it is there.
   *
   * @param most the longest wait
   * @param late what is said when that is over
   * @throws UnavailableException when it takes longer, or this thread is interrupted
   * @throws ClientAbortException when the client has gone
   */
  public <T> T await(Future<T> result, Duration most, String late)
      throws IOException, ExecutionException {
    long end = System.nanoTime() + most.toNanos();
    try {
      while (true) {
        long left = end - System.nanoTime();
        try {
          return result.get(Math.min(left, look.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (left <= look.toNanos()) {
            throw new UnavailableException(late);
          }
        }
        if (client.isGone()) {
          throw new ClientAbortException("nobody waits for it any more");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(late);
    }
  }
}
