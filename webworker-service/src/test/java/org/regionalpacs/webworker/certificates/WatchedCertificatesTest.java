package org.regionalpacs.webworker.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WatchedCertificatesTest {
  private static final String ALIAS = "proxy";

  @TempDir Path folder;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Path file;
  private WatchedCertificates watched;

  @BeforeEach
  void watch() {
    file = folder.resolve("tls.crt");
    watched = new WatchedCertificates(List.of(file), InstantSource.system(), meters);
  }

  @Test
  void givenACertificate_whenItIsRenewed_thenTheEndOfTheNewOneIsTold() throws Exception {
    write(10);
    watched.look();
    assertThat(days()).isEqualTo(9);

    write(100);
    watched.look();

    assertThat(gauges()).hasSize(1);
    assertThat(days()).isEqualTo(99);
    assertThat(unread()).isZero();
  }

  @Test
  void givenAChainWithAKeyBeforeIt_whenLookedAt_thenEachIsTold() throws Exception {
    String both = pem(10) + pem(100);
    Files.writeString(
        file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" + both);

    watched.look();

    assertThat(gauges())
        .extracting(gauge -> gauge.getId().getTag("chain"))
        .containsExactlyInAnyOrder("0", "1");
  }

  @Test
  void givenNoFile_whenItAppears_thenThatWasToldOnceAndItIsRead(CapturedOutput output)
      throws Exception {
    watched.look();
    watched.look();
    assertThat(gauges()).isEmpty();
    assertThat(unread()).isEqualTo(1);
    assertThat(output.getOut().split("Nobody will be told")).hasSize(2);

    write(10);
    watched.look();

    assertThat(days()).isEqualTo(9);
    assertThat(unread()).isZero();
    assertThat(output).contains("is read again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nAAAA"
      })
  void givenACertificate_whenItsFileIsBroken_thenTheOneBeforeCountsOn(String broken)
      throws Exception {
    write(10);
    watched.look();

    Files.writeString(file, broken);
    watched.look();

    assertThat(unread()).isEqualTo(1);
    assertThat(days()).isEqualTo(9);
  }

  private void write(int days) throws Exception {
    Files.writeString(file, pem(days));
  }

  /** Of a self-signed certificate that is valid for so many days, made by the JDK's tool. */
  private String pem(int days) throws IOException, InterruptedException {
    Path store = folder.resolve("store-" + days);
    keytool(
        "-genkeypair",
        "-keystore",
        store.toString(),
        "-storepass",
        "secret",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-dname",
        "CN=proxy",
        "-validity",
        String.valueOf(days));
    return keytool(
        "-exportcert",
        "-rfc",
        "-keystore",
        store.toString(),
        "-storepass",
        "secret",
        "-alias",
        ALIAS);
  }

  private static String keytool(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder tool =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    tool.command().addAll(List.of(arguments));
    Process process = tool.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private Collection<Gauge> gauges() {
    return meters.find("ssl.chain.expiry").gauges();
  }

  private long days() {
    assertThat(gauges()).hasSize(1);
    return Duration.ofSeconds((long) gauges().iterator().next().value()).toDays();
  }

  private double unread() {
    return meters.get("pacs.certificates.unread").gauge().value();
  }
}
