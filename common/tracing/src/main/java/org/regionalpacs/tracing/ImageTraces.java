package org.regionalpacs.tracing;

import java.util.UUID;

/**
 * Tells how images went through the services. All that happens to an image, in whatever process and
 * however much later, is one trace: its id is the image's reception id, so that nothing has to be
 * handed on from one to the other, through Kafka, the outbox or the database.
 *
 * <p>Stretches are told when they are over. Nothing waits for it, and nothing fails by it; what
 * can't be sent is dropped.
 */
public interface ImageTraces extends AutoCloseable {
  /** Nobody wants to know. */
  ImageTraces NONE =
      new ImageTraces() {
        @Override
        public boolean follows(UUID reception) {
          return false;
        }

        @Override
        public void received(Stretch stretch) {}

        @Override
        public void went(Stretch stretch) {}
      };

  /**
   * Whether the way of an image is told; every service says the same of it. To be asked before a
   * stretch is put together.
   */
  boolean follows(UUID reception);

  /** The first stretch of the way: its reception. */
  void received(Stretch stretch);

  /** A later one. */
  void went(Stretch stretch);

  /** Sends what wasn't sent yet, for some seconds at most. */
  @Override
  default void close() {}
}
