package org.regionalpacs.intake;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.tracing.ImageTraces;

/** An intake with all it stands on, from start to stop. */
final class IntakeEngine implements Closeable {
  private static final String TEMPORARY = ".tmp";
  private static final String OUTBOX = ".outbox";

  /** So long messages gather for a batch where all of them go to the outbox. */
  private static final Duration GATHERING = Duration.ofMillis(20);

  private final StorageQueue queue;
  private final Optional<Outbox> outbox;
  private final Optional<OutboxReplay> replay;
  private final OwnedFolder temporary;
  private final Intake intake;
  private final OnlineObjects objects;
  private final EvictableFiles evictable;

  /** Not awaited at the start: with Kafka down it takes the publish timeout. */
  private final Thread settling;

  private IntakeEngine(
      StorageQueue queue,
      Optional<Outbox> outbox,
      Optional<OutboxReplay> replay,
      OwnedFolder temporary,
      Intake intake,
      OnlineObjects objects,
      EvictableFiles evictable,
      Recovery recovery) {
    this.queue = queue;
    this.outbox = outbox;
    this.replay = replay;
    this.temporary = temporary;
    this.intake = intake;
    this.objects = objects;
    this.evictable = evictable;
    this.settling =
        Thread.ofVirtual()
            .name("intake-recovery")
            .unstarted(() -> {
              queue.connect();
              recovery.announce();
            });
  }

  /**
   * Starts it: settles what dead processes left, delivers what is in the outbox.
   *
   * @param kafka how to reach Kafka
   */
  static IntakeEngine start(
      OnlineStore store,
      IntakeProperties properties,
      Map<String, Object> kafka,
      MeterRegistry registry,
      ImageTraces traces)
      throws IOException {
    IntakeMetrics metrics = new IntakeMetrics(registry);
    FreeSpace space = new FreeSpace(store.root(), properties.minFree().toBytes());
    metrics.volume(store.root(), space, properties.minFree().toBytes());
    Optional<Outbox> outbox = Optional.empty();
    if (properties.outbox()) {
      outbox =
          Optional.of(
              Outbox.open(
                  store.root().resolve(OUTBOX),
                  properties.sync(),
                  properties.maxOutbox().toBytes(),
                  properties.outboxFirst()));
      metrics.outbox(outbox.get());
    }
    StorageQueue queue = new StorageQueue(kafka, properties.publishTimeout());
    Announcer announcer = new Announcer(queue, outbox, properties.outboxFirst());
    OwnedFolder temporary = OwnedFolder.create(store.root().resolve(TEMPORARY));
    Recovery recovery = new Recovery(store, announcer);
    recovery.takeOver(temporary);
    Intake intake =
        new Intake(
            store,
            temporary,
            properties.sync(),
            space,
            announcer,
            metrics,
            new ReceptionTraces(traces));
    OnlineObjects objects =
        new OnlineObjects(store, announcer, new Leftovers(store, announcer, temporary, outbox));
    EvictableFiles evictable =
        new EvictableFiles(
            store, intake, temporary.path(), space, new Folders(store.root(), properties.sync()));
    Duration gathering = properties.outboxFirst() ? GATHERING : Duration.ZERO;
    Optional<OutboxReplay> replay = outbox.map(box -> new OutboxReplay(box, queue, gathering));
    IntakeEngine engine =
        new IntakeEngine(queue, outbox, replay, temporary, intake, objects, evictable, recovery);
    engine.replay.ifPresent(OutboxReplay::start);
    engine.settling.start();
    return engine;
  }

  Intake intake() {
    return intake;
  }

  OnlineObjects objects() {
    return objects;
  }

  EvictableFiles evictable() {
    return evictable;
  }

  @Override
  public void close() throws IOException {
    settling.interrupt();
    replay.ifPresent(OutboxReplay::close);
    queue.close();
    try (temporary) {
      if (outbox.isPresent()) {
        outbox.get().close();
      }
    }
  }
}
