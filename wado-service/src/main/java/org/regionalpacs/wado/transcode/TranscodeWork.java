package org.regionalpacs.wado.transcode;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.regionalpacs.storage.cached.CacheKey;
import org.regionalpacs.storage.cached.HotCache;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.UnavailableException;
import org.regionalpacs.wado.work.BoundedWork;
import org.regionalpacs.wado.work.Made;
import org.regionalpacs.wado.work.MadeOnce;
import org.regionalpacs.wado.work.Room;
import org.regionalpacs.wado.work.Scratch;
import org.regionalpacs.wado.work.ScratchOutput;
import org.regionalpacs.wado.work.Waiting;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Bounds transcoding: threads, waiting, heap and disk; and remembers what is short. */
@Component
@EnableConfigurationProperties(TranscodeProperties.class)
class TranscodeWork {
  private static final BoundedWork.Messages MESSAGES =
      new BoundedWork.Messages(
          "Too much is being transcoded just now; ask again later, or with transfer-syntax=*.",
          "Transcoding takes too long just now; ask again later, or with transfer-syntax=*.");

  private final TranscodeProperties properties;
  private final BoundedWork work;

  /**
   * Turns of objects, one fewer: they may take minutes, and a viewer's frames can't wait so long.
   */
  private final BoundedWork objects;

  private final Scratch scratch;
  private final MadeOnce made;
  private final TranscodeMetrics metrics;

  TranscodeWork(
      TranscodeProperties properties, ObjectProvider<HotCache> cache, MeterRegistry meters)
      throws IOException {
    this.properties = properties;
    this.work = bounded(properties, properties.maxConcurrent());
    this.objects = bounded(properties, Math.max(1, properties.maxConcurrent() - 1));
    this.scratch = new Scratch(properties.scratch(), properties.scratchLimit().toBytes());
    this.made =
        new MadeOnce(
            Optional.ofNullable(cache.getIfAvailable()),
            inHeap(),
            properties.maxWait().plus(properties.maxTime()));
    this.metrics = new TranscodeMetrics(meters, work, objects, scratch);
  }

  private static BoundedWork bounded(TranscodeProperties properties, int concurrent) {
    return new BoundedWork(
        "transcode",
        new BoundedWork.Limits(
            properties.memory().toBytes(),
            concurrent,
            properties.maxWaiting(),
            properties.maxWait(),
            properties.maxTime()),
        MESSAGES);
  }

  /** Writes what is to be made, on a thread for it. */
  @FunctionalInterface
  interface Writer {
    void writeTo(ScratchOutput out) throws IOException;
  }

  /**
   * Makes what may take long; see {@link #make}.
   *
   * @throws IOException as there
   */
  Made makeObject(String kind, long bytes, Duration most, Writer writer) throws IOException {
    try (Room _ = room(objects, kind, 0)) {
      return make(kind, bytes, most, writer);
    }
  }

  /**
   * Makes something, for the client of the request that this thread serves.
   *
   * @param kind frame or object, for metrics
   * @param bytes of heap that it takes
   * @param most how long it may take
   * @throws NotAcceptableException when there never is so much heap
   * @throws UnavailableException when there is no turn for it, or it takes too long
   * @throws IOException as the writer; or when the client has gone
   */
  Made make(String kind, long bytes, Duration most, Writer writer) throws IOException {
    if (!work.fits(bytes)) {
      throw new NotAcceptableException(
          "A frame is too large to be transcoded here", Failures.AS_STORED);
    }
    try (Room room = room(work, kind, bytes)) {
      ScratchOutput out = scratch.output(inHeap());
      boolean done = false;
      try {
        room.run(
            () -> {
              writer.writeTo(out);
              return true;
            },
            most);
        Made result = out.made();
        done = true;
        return result;
      } finally {
        if (!done) {
          out.close();
        }
      }
    }
  }

  private Room room(BoundedWork in, String kind, long bytes) throws IOException {
    try {
      return in.take(bytes, Waiting.forThisRequest());
    } catch (UnavailableException e) {
      metrics.busy(kind);
      throw e;
    }
  }

  /** How many bytes are expected to be made: asked for only when nothing was made before. */
  @FunctionalInterface
  interface Expected {
    long bytes() throws IOException;
  }

  /** What was made before, else what the maker makes, shared if it is expected to be short. */
  Made remembered(CacheKey name, Expected expected, RequestLog log, MadeOnce.Maker maker)
      throws IOException {
    Optional<Made> found = made.found(name, log);
    if (found.isPresent()) {
      return found.get();
    }
    return expected.bytes() > inHeap()
        ? maker.make()
        : made.shared(name, Waiting.forThisRequest(), maker);
  }

  private int inHeap() {
    return (int) properties.maxCached().toBytes();
  }

  Scratch scratch() {
    return scratch;
  }

  TranscodeMetrics metrics() {
    return metrics;
  }

  TranscodeProperties properties() {
    return properties;
  }

  @PreDestroy
  void stop() {
    objects.close();
    work.close();
  }
}
