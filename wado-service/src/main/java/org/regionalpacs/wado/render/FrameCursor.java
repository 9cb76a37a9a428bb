package org.regionalpacs.wado.render;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.RequestLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes from frame to frame over images, of which one is open at a time. What can't be shown is
 * passed over.
 */
final class FrameCursor {
  private static final Logger LOG = LoggerFactory.getLogger(FrameCursor.class);

  private final RenderedFrames frames;
  private final RequestLog log;
  private final Iterator<Target> targets;
  private Optional<OpenedImage> image = Optional.empty();
  private Iterator<Integer> numbers = List.<Integer>of().iterator();
  private Optional<NotAcceptableException> passedOver = Optional.empty();

  /**
   * Frames of an image.
   *
   * @param numbers from 1; none for all
   */
  record Target(InstanceObject instance, List<Integer> numbers) {

    static Target all(InstanceObject instance) {
      return new Target(instance, List.of());
    }

    /** What is shown: frames that are named are single ones, each by itself. */
    StoredContent content() {
      StoredContent stored = StoredContent.of(instance);
      return numbers.isEmpty() || !stored.isPicture() ? stored : StoredContent.SINGLE_FRAME;
    }
  }

  FrameCursor(RenderedFrames frames, RequestLog log, List<Target> targets) {
    this.frames = frames;
    this.log = log;
    this.targets = targets.iterator();
  }

  /** What is made of a frame. */
  @FunctionalInterface
  interface Use<T> {
    T of(OpenedImage image, int frame) throws IOException;
  }

  /** Makes something of the next frame of which it can be made; empty when there is none. */
  <T> Optional<T> next(Use<T> use) throws IOException {
    while (findFrame()) {
      try {
        return Optional.of(use.of(image.orElseThrow(), numbers.next()));
      } catch (NotAcceptableException e) {
        passedOver = Optional.of(e);
        LOG.info("A frame is left out: {}", e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** Why nothing at all could be shown. */
  NotAcceptableException reason() {
    return passedOver.orElseGet(() -> RenderedNegotiation.noPicture(StoredContent.NO_IMAGE));
  }

  /** Opens images until there is a frame. */
  private boolean findFrame() throws IOException {
    while (!numbers.hasNext()) {
      if (!targets.hasNext()) {
        return false;
      }
      Target target = targets.next();
      try {
        OpenedImage opened = frames.openOnce(target.instance(), log);
        image = Optional.of(opened);
        numbers =
            target.numbers().isEmpty()
                ? new Counter(opened.frames().count())
                : target.numbers().iterator();
      } catch (NotAcceptableException e) {
        passedOver = Optional.of(e);
        LOG.info("Instance {} is left out: {}", target.instance().sop(), e.getMessage());
      }
    }
    return true;
  }

  /** Counts from 1. */
  private static final class Counter implements Iterator<Integer> {
    private final int last;
    private int counted;

    Counter(int last) {
      this.last = last;
    }

    @Override
    public boolean hasNext() {
      return counted < last;
    }

    @Override
    public Integer next() {
      return ++counted;
    }
  }
}
