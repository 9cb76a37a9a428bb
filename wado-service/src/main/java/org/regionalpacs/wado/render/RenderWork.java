package org.regionalpacs.wado.render;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.regionalpacs.wado.render.Shares.Share;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.UnavailableException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Bounds rendering, which takes heap and processors: frames that are rendered at the same time have
 * room in the memory for it until they have truly ended, and threads of their own, so that requests
 * that only copy bytes don't wait behind them.
 */
@Component
@EnableConfigurationProperties(RenderProperties.class)
class RenderWork {
  /** Bytes that a permit stands for. */
  private static final int UNIT = 64 * 1024;

  private static final String BUSY = "Too much is being rendered just now; ask again later.";

  private final RenderProperties properties;
  private final int units;
  private final Shares free;
  private final ExecutorService threads;

  RenderWork(RenderProperties properties) {
    this.properties = properties;
    this.units = (int) Math.clamp(properties.memory().toBytes() / UNIT, 1, Integer.MAX_VALUE);
    this.free = new Shares(units);
    this.threads =
        Executors.newFixedThreadPool(
            properties.maxConcurrent(), Thread.ofPlatform().daemon().name("render-", 0).factory());
  }

  /**
   * Waits for room for a frame, for the client of the request that this thread serves.
   *
   * @param bytes that it takes with its picture
   * @throws NotAcceptableException when there never is so much
   * @throws UnavailableException when there is none in time
   * @throws IOException when the client has gone
   */
  Room take(long bytes) throws IOException {
    return take(bytes, Waiting.forThisRequest());
  }

  Room take(long bytes, Waiting waiting) throws IOException {
    long needed = Math.ceilDiv(bytes, (long) UNIT);
    if (needed > units) {
      throw new NotAcceptableException(
          "A frame is too large to be rendered here", RenderedNegotiation.AS_STORED_OBJECT);
    }
    // However small frames are, there are no more of them than threads.
    Share share = free.ask((int) Math.max(needed, Math.max(1, units / properties.maxConcurrent())));
    boolean given = false;
    try {
      given = waiting.await(share.turn(), properties.maxWait(), BUSY);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      if (!given) {
        free.giveBack(share);
      }
    }
    return new Room(threads, waiting, properties.maxTime(), () -> free.giveBack(share));
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
