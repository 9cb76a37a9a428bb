package org.regionalpacs.webworker.certificates;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when the certificates of some files end, by {@code ssl_chain_expiry_seconds} as Spring Boot
 * tells it of SSL bundles, which stop a service when their files can't be read. Here that is told
 * once, and what was read before counts on.
 */
final class WatchedCertificates {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedCertificates.class);

  private final List<Path> files;
  private final InstantSource clock;
  private final MultiGauge expiry;
  private final Map<Path, List<X509Certificate>> known = new ConcurrentHashMap<>();
  private final Set<Path> unread = ConcurrentHashMap.newKeySet();

  WatchedCertificates(List<Path> files, InstantSource clock, MeterRegistry meters) {
    this.files = List.copyOf(files);
    this.clock = clock;
    this.expiry =
        MultiGauge.builder("ssl.chain.expiry")
            .description("SSL chain expiry")
            .baseUnit("seconds")
            .register(meters);
    Gauge.builder("pacs.certificates.unread", unread, Set::size)
        .description("Watched certificate files that can't be read, or have no certificate")
        .register(meters);
  }

  /** Looks at all files; fails for none of them. */
  void look() {
    files.forEach(this::look);
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (Path file : files) {
      List<X509Certificate> chain = known.getOrDefault(file, List.of());
      for (int i = 0; i < chain.size(); i++) {
        rows.add(row(file, i, chain.get(i)));
      }
    }
    expiry.register(rows, true);
  }

  private void look(Path file) {
    try {
      known.put(file, PemCertificates.read(file));
      if (unread.remove(file)) {
        LOG.info("The certificate in {} is read again", file);
      }
    } catch (IOException | CertificateException e) {
      if (unread.add(file)) {
        LOG.warn("Nobody will be told when the certificate in {} ends: {}", file, e.toString());
      }
    }
  }

  /** With the labels of Spring Boot's: Prometheus wants the same of all that have one name. */
  private MultiGauge.Row<?> row(Path file, int number, X509Certificate certificate) {
    Tags tags =
        Tags.of(
            "bundle", file.getFileName().toString(),
            "source", "file",
            "chain", String.valueOf(number),
            "certificate", certificate.getSerialNumber().toString(16));
    Instant end = certificate.getNotAfter().toInstant();
    Supplier<Number> seconds = () -> Duration.between(clock.instant(), end).toSeconds();
    return MultiGauge.Row.of(tags, seconds);
  }
}
