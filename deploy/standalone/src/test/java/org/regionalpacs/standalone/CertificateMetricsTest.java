package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

  @Test
  void givenTheCertificateOfTheListenerAndOfNginx_thenThatTheyEndIsToldAsTheAlarmsAskForIt()
      throws Exception {
    ExternalTool.Outcome made =
        ExternalTool.named("sh")
            .run(ComposeFile.REPOSITORY.resolve("deploy/compose/make-secrets"), secrets);
    assertThat(made.code()).as(made.output()).isZero();
    String certificate = "file:" + secrets.resolve("tls.crt");
    Map<String, Set<String>> asked = new TreeMap<>(MonitoringFiles.asked());
    asked.keySet().removeIf(metric -> !metric.startsWith("ssl_"));
    assertThat(asked).isNotEmpty();

    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                SslAutoConfiguration.class,
                MetricsAutoConfiguration.class,
                PrometheusMetricsExportAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class,
                SslMetricsAutoConfiguration.class))
        .withPropertyValues(
            "spring.ssl.bundle.pem.dimse.keystore.certificate=" + certificate,
            "spring.ssl.bundle.pem.dimse.keystore.private-key=file:" + secrets.resolve("tls.key"),
            "spring.ssl.bundle.pem.nginx.truststore.certificate=" + certificate)
        .run(context -> {
          PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
          assertThat(Scrape.of(registry.scrape()).missing(asked)).isEmpty();
          for (String[] each : new String[][] {{"dimse", "keystore"}, {"nginx", "truststore"}}) {
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
}
