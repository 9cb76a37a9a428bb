package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.regionalpacs.test.otlp.OtlpReceiver;

/**
 * A running product for all test classes of this JVM that neither break nor configure it: it starts
 * when the first asks, and ends with the last. Nobody is alone on it, so a class looks at studies,
 * patients and tenants of its own only.
 */
public final class SharedProduct implements LauncherSessionListener {
  /** Tenants for those that send what others send too. */
  private static final String SETTINGS =
      """
      pacs.tenants.ae-titles:
        - title: REGIONAL_PACS
          tenant: default
        - title: SAMPLES1
          tenant: samples1
        - title: SAMPLES2
          tenant: samples2
        - title: READING
          tenant: reading
      pacs.tracing:
        endpoint: %s
        probability: 1
      """;

  private static Optional<RunningProduct> running = Optional.empty();
  private static Optional<OtlpReceiver> collector = Optional.empty();

  static synchronized RunningProduct get() throws IOException {
    if (running.isEmpty()) {
      Path data = Files.createTempDirectory("shared-product");
      collector = Optional.of(OtlpReceiver.start());
      Files.writeString(data.resolve("pacs.yml"), SETTINGS.formatted(collector.get().endpoint()));
      running = Optional.of(RunningProduct.up(data));
    }
    return running.get();
  }

  /** What it tells of the ways of images. */
  static synchronized OtlpReceiver traces() throws IOException {
    get();
    return collector.orElseThrow();
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    synchronized (SharedProduct.class) {
      running.ifPresent(SharedProduct::end);
      running = Optional.empty();
      collector.ifPresent(OtlpReceiver::close);
      collector = Optional.empty();
    }
  }

  private static void end(RunningProduct product) {
    try {
      product.close();
      delete(product.data());
    } catch (Exception e) {
      throw new IllegalStateException("the shared product didn't end well", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(SharedProduct::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
