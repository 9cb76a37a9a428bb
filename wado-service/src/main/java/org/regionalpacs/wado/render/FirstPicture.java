package org.regionalpacs.wado.render;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Makes a picture for nobody once the service is up: the JDK loads for the first one what it draws
 * and encodes with, and the first reader would wait for that.
 */
@Component
class FirstPicture {
  private static final Logger LOG = LoggerFactory.getLogger(FirstPicture.class);
  private static final int SIDE = 64;
  private static final int QUALITY = 85;

  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    start();
  }

  /** The thread that makes it. */
  Thread start() {
    Thread thread =
        Thread.ofPlatform().name("first picture").daemon().unstarted(FirstPicture::make);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
    return thread;
  }

  private static void make() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    try {
      int bytes = PictureWriter.encode(image, RenderedNegotiation.JPEG, QUALITY).length;
      LOG.debug("Ready to render: {} bytes", bytes);
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.warn("Pictures can't be made, as requests for them will show: {}", e.toString());
    }
  }
}
