package org.regionalpacs.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.regionalpacs.tracing.ImageTraces;
import org.springframework.util.unit.DataSize;

/** An intake on a folder of a test. */
public final class TestIntake implements AutoCloseable {
  /** Nothing listens there: port 1 needs a privileged server that nobody runs. */
  public static final String NO_KAFKA = "127.0.0.1:1";

  private final OnlineStore store;
  private final MeterRegistry meters;
  private final IntakeEngine engine;

  private TestIntake(OnlineStore store, MeterRegistry meters, IntakeEngine engine) {
    this.store = store;
    this.meters = meters;
    this.engine = engine;
  }

  /** With defaults. */
  public static TestIntake start(Path root, String kafka) throws IOException {
    Duration publish = kafka.equals(NO_KAFKA) ? Duration.ofSeconds(2) : Duration.ofMinutes(1);
    return start(root, kafka, properties(Sync.FSYNC, true, publish));
  }

  public static TestIntake start(Path root, String kafka, IntakeProperties properties)
      throws IOException {
    return start(root, Map.of("bootstrap.servers", List.of(kafka)), properties);
  }

  /**
   * @param connection settings of Kafka's producer
   */
  public static TestIntake start(
      Path root, Map<String, Object> connection, IntakeProperties properties) throws IOException {
    OnlineStore store = OnlineStore.open(root);
    MeterRegistry meters = new SimpleMeterRegistry();
    return new TestIntake(
        store, meters, IntakeEngine.start(store, properties, connection, meters, ImageTraces.NONE));
  }

  /** Where Kafka is there: what it says late on a busy machine is not taken for no answer. */
  public static IntakeProperties properties(Sync sync, boolean outbox) {
    return properties(sync, outbox, Duration.ofMinutes(1));
  }

  static IntakeProperties properties(Sync sync, boolean outbox, Duration publish) {
    return new IntakeProperties(
        sync, publish, outbox, DataSize.ofMegabytes(1), DataSize.ofGigabytes(1));
  }

  public Received receive(TestObject object) throws IntakeException, IOException {
    return engine.intake().receive(object.reception(), object.stream());
  }

  public Intake intake() {
    return engine.intake();
  }

  public OnlineObjects objects() {
    return engine.objects();
  }

  public EvictableFiles evictable() {
    return engine.evictable();
  }

  public Path file(Received received) {
    return store.resolve(received.message().filePath());
  }

  MeterRegistry meters() {
    return meters;
  }

  /** Every file below the root but the node's own, relative to it. */
  public List<String> files() throws IOException {
    Path root = store.root();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.equals(".node") && !name.endsWith(".lock"))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      // Something went while it was looked at.
      throw e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }
}
