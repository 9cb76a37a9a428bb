package org.regionalpacs.wado.render;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.UnavailableException;
import org.regionalpacs.wado.work.BoundedWork;
import org.regionalpacs.wado.work.Room;
import org.regionalpacs.wado.work.Waiting;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Bounds rendering. */
@Component
@EnableConfigurationProperties(RenderProperties.class)
class RenderWork {
  private static final BoundedWork.Messages MESSAGES =
      new BoundedWork.Messages(
          "Too much is being rendered just now; ask again later.",
          "Rendering takes too long just now; ask again later.");

  private final BoundedWork work;

  RenderWork(RenderProperties properties) {
    this.work =
        new BoundedWork(
            "render",
            new BoundedWork.Limits(
                properties.memory().toBytes(),
                properties.maxConcurrent(),
                properties.maxWaiting(),
                properties.maxWait(),
                properties.maxTime()),
            MESSAGES);
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
    if (!work.fits(bytes)) {
      throw new NotAcceptableException(
          "A frame is too large to be rendered here", RenderedNegotiation.AS_STORED_OBJECT);
    }
    return work.take(bytes, waiting);
  }

  @PreDestroy
  void stop() {
    work.close();
  }
}
