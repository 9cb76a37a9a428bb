package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.compose.ComposeFile;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.webworker.certificates.CertificatesConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.ssl.SslMetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * What services tell of their certificates, configured as their settings and docker-compose.yml
 * say.
 */
class CertificateMetricsTest {
  private static final Duration VALID = Duration.ofDays(825);

  @TempDir Path secrets;

  private final ApplicationContextRunner service =
      new ApplicationContextRunner()
          .withUserConfiguration(CertificatesConfiguration.class)
          .withConfiguration(
              AutoConfigurations.of(
                  SslAutoConfiguration.class,
                  MetricsAutoConfiguration.class,
                  PrometheusMetricsExportAutoConfiguration.class,
                  CompositeMeterRegistryAutoConfiguration.class,
                  SslMetricsAutoConfiguration.class));

  @Test
  void givenTheCertificateOfTheListenerAndOfNginx_thenThatTheyEndIsToldAsTheAlarmsAskForIt()
      throws Exception {
    ExternalTool.Outcome made =
        ExternalTool.named("sh")
            .run(ComposeFile.REPOSITORY.resolve("deploy/compose/make-secrets"), secrets);
    assertThat(made.code()).as(made.output()).isZero();
    String certificate = "file:" + secrets.resolve("tls.crt");
    Map<String, Set<String>> asked = new TreeMap<>(MonitoringFiles.asked());
    asked
        .keySet()
        .removeIf(metric -> !metric.startsWith("ssl_") && !metric.startsWith("pacs_certificates_"));
    assertThat(asked).hasSize(2);

    service
        .withPropertyValues(
            "spring.ssl.bundle.pem.dimse.keystore.certificate=" + certificate,
            "spring.ssl.bundle.pem.dimse.keystore.private-key=file:" + secrets.resolve("tls.key"),
            "pacs.certificates.watched=" + secrets.resolve("tls.crt"))
        .run(context -> {
          PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
          await()
              .atMost(Duration.ofMinutes(1))
              .untilAsserted(() -> assertThat(registry.scrape()).contains("bundle=\"tls.crt\""));
          assertThat(Scrape.of(registry.scrape()).missing(asked)).isEmpty();
          for (String[] each : new String[][] {{"dimse", "keystore"}, {"tls.crt", "file"}}) {
            double seconds =
                registry
                    .get("ssl.chain.expiry")
                    .tags("bundle", each[0], "source", each[1])
                    .gauge()
                    .value();
            assertThat(seconds).isCloseTo(VALID.toSeconds(), within(3600.0));
          }
        });
  }

  @Test
  void givenAWatchedFileThatIsNotThere_whenStarted_thenTheServiceRunsAndTheAlarmIsTold() {
    service
        .withPropertyValues("pacs.certificates.watched=" + secrets.resolve("none.crt"))
        .run(context -> {
          assertThat(context).hasNotFailed();
          PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
          await()
              .atMost(Duration.ofMinutes(1))
              .untilAsserted(
                  () -> assertThat(registry.scrape()).contains("pacs_certificates_unread 1.0"));
        });
  }
}
