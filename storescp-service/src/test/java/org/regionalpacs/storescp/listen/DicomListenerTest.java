package org.regionalpacs.storescp.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.AssociationException;
import org.regionalpacs.dicom.net.AssociationRejectedException;
import org.regionalpacs.dicom.net.ConnectionLostException;
import org.regionalpacs.dicom.net.ProposedContext;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.StoreResult;
import org.regionalpacs.dicom.net.StoreScu;
import org.regionalpacs.dicom.net.TlsHandshakeException;
import org.regionalpacs.dicom.net.TlsOptions;
import org.regionalpacs.security.TenantProperties;
import org.regionalpacs.security.Tenants;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DicomListenerTest {
  private static final List<ProposedContext> CONTEXTS =
      List.of(ProposedContext.of(UID.Verification, UID.ImplicitVRLittleEndian));

  private static final List<String> OTHER_CIPHER = List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @Test
  void givenATakenPort_whenStarted_thenItNamesThePort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> listener(taken.getLocalPort()).start())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("pacs.dimse.port");
    }
  }

  @Test
  void givenAListener_whenStartedAndStopped_thenHealthAndPortFollow() throws Exception {
    DicomListener listener = listener(0);
    DicomListenerHealthIndicator health = new DicomListenerHealthIndicator(listener);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

    listener.start();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    RemoteAe remote = new RemoteAe("REGIONAL_PACS", "127.0.0.1", listener.port());
    try (StoreScu scu = open(remote)) {
      assertThat(scu.echo()).isZero();
      assertThat(metrics.get("pacs.dimse.associations").gauge().value()).isEqualTo(1);
    }

    CountDownLatch stopped = new CountDownLatch(1);
    listener.stop(stopped::countDown);
    assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThatThrownBy(() -> open(remote)).isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void givenAnSslBundleOfPemFiles_whenStarted_thenAssociationsAreServedOverTls(@TempDir Path folder)
      throws Exception {
    SslBundle bundle = bundle(folder);
    DicomListener listener =
        listener(
            0,
            new DefaultSslBundleRegistry("dimse", bundle),
            Map.of(
                "pacs.dimse.tls.bundle", "dimse",
                "pacs.dimse.tls.port", "0",
                "pacs.dimse.tls.client-auth", "required"));
    listener.start();
    try (StoreScu scu =
        StoreScu.open(
            new RemoteAe("REGIONAL_PACS", "127.0.0.1", listener.tlsPort()),
            "TEST",
            CONTEXTS,
            ScuOptions.DEFAULT.withTls(TlsOptions.of(bundle.createSslContext())))) {
      assertThat(scu.echo()).isZero();
      assertThatThrownBy(() -> open(new RemoteAe("REGIONAL_PACS", "127.0.0.1", listener.tlsPort())))
          .isInstanceOf(AssociationException.class);
      await().until(() -> metrics.find("pacs.dimse.tls.failed").counter() != null);
    } finally {
      listener.stop();
    }
    assertThat(listener.tlsPort()).isZero();
  }

  @Test
  void givenAPkcs12BundleInTheSettings_whenStarted_thenItsKeyAndItsProtocolsAreUsed(
      @TempDir Path folder) throws Exception {
    SslBundle client = bundle(folder);
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
        .withPropertyValues(
            "spring.ssl.bundle.jks.dimse.keystore.location=" + folder.resolve("pacs.p12").toUri(),
            "spring.ssl.bundle.jks.dimse.keystore.password=changeit",
            "spring.ssl.bundle.jks.dimse.keystore.type=PKCS12",
            "spring.ssl.bundle.jks.dimse.options.enabled-protocols=TLSv1.2",
            "spring.ssl.bundle.jks.dimse.options.ciphers=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
        .run(context -> {
          DicomListener listener =
              listener(
                  0,
                  context.getBean(SslBundles.class),
                  Map.of("pacs.dimse.tls.bundle", "dimse", "pacs.dimse.tls.port", "0"));
          listener.start();
          RemoteAe remote = new RemoteAe("REGIONAL_PACS", "127.0.0.1", listener.tlsPort());
          TlsOptions anything = TlsOptions.of(client.createSslContext());
          try (StoreScu scu = open(remote, anything)) {
            assertThat(scu.echo()).isZero();
            assertThatThrownBy(() -> open(remote, anything.withProtocols(List.of("TLSv1.3"))))
                .isInstanceOf(TlsHandshakeException.class);
            assertThatThrownBy(() -> open(remote, anything.withCipherSuites(OTHER_CIPHER)))
                .isInstanceOf(TlsHandshakeException.class);
          } finally {
            listener.stop();
          }
        });
  }

  private static StoreScu open(RemoteAe remote, TlsOptions tls) throws IOException {
    return StoreScu.open(remote, "TEST", CONTEXTS, ScuOptions.DEFAULT.withTls(tls));
  }

  @Test
  void givenAnSslBundleThatIsNotConfigured_whenStarted_thenItIsNamed() {
    DicomListener listener =
        listener(0, new DefaultSslBundleRegistry(), Map.of("pacs.dimse.tls.bundle", "absent"));
    assertThatThrownBy(listener::start)
        .isInstanceOf(NoSuchSslBundleException.class)
        .hasMessageContaining("absent");
  }

  @Test
  void givenALimitPerAe_whenOneOpensMore_thenRejected() throws Exception {
    DicomListener listener =
        listener(
            0, new DefaultSslBundleRegistry(), Map.of("pacs.dimse.max-associations-per-ae", "1"));
    listener.start();
    RemoteAe remote = new RemoteAe("REGIONAL_PACS", "127.0.0.1", listener.port());
    try (StoreScu first = open(remote)) {
      assertThat(first.echo()).isZero();
      assertThatThrownBy(() -> open(remote)).isInstanceOf(AssociationRejectedException.class);
    } finally {
      listener.stop();
    }
  }

  @Test
  void givenARenewedCertificate_whenTheBundleIsUpdated_thenTheNextConnectionIsServedWithIt(
      @TempDir Path before, @TempDir Path after) throws Exception {
    SslBundle old = bundle(before);
    SslBundle renewed = bundle(after);
    DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("dimse", old);
    DicomListener listener =
        listener(0, bundles, Map.of("pacs.dimse.tls.bundle", "dimse", "pacs.dimse.tls.port", "0"));
    listener.start();
    try {
      RemoteAe remote = new RemoteAe("REGIONAL_PACS", "127.0.0.1", listener.tlsPort());
      try (StoreScu standing = open(remote, TlsOptions.of(old.createSslContext()))) {
        bundles.updateBundle("dimse", renewed);
        assertThat(standing.echo()).isZero();
      }
      try (StoreScu scu = open(remote, TlsOptions.of(renewed.createSslContext()))) {
        assertThat(scu.echo()).isZero();
      }
      assertThatThrownBy(() -> open(remote, TlsOptions.of(old.createSslContext())))
          .isInstanceOf(TlsHandshakeException.class);
    } finally {
      listener.stop();
    }
  }

  /** A self-signed certificate of 127.0.0.1 that trusts itself. */
  private static SslBundle bundle(Path folder) throws Exception {
    Path store = folder.resolve("pacs.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "pacs",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=pacs",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    assertThat(new String(keytool.getInputStream().readAllBytes())).doesNotContain("error");
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    Path certificate = pem(folder, "CERTIFICATE", keys.getCertificate("pacs").getEncoded());
    Path key =
        pem(folder, "PRIVATE KEY", keys.getKey("pacs", "changeit".toCharArray()).getEncoded());
    return SslBundle.of(
        new PemSslStoreBundle(
            PemSslStoreDetails.forCertificate(certificate.toUri().toString())
                .withPrivateKey(key.toUri().toString()),
            PemSslStoreDetails.forCertificate(certificate.toUri().toString())));
  }

  private static Path pem(Path folder, String type, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(content);
    return Files.writeString(
        folder.resolve(type.replace(' ', '-') + ".pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, text, type));
  }

  private DicomListener listener(int port) {
    return listener(port, new DefaultSslBundleRegistry(), Map.of());
  }

  private DicomListener listener(int port, SslBundles bundles, Map<String, String> more) {
    var settings = new MapConfigurationPropertySource(more);
    settings.put("pacs.dimse.port", port);
    Binder binder = new Binder(settings);
    return new DicomListener(
        binder.bindOrCreate("pacs.dimse", DimseProperties.class),
        bundles,
        new Tenants(binder.bindOrCreate("pacs.tenants", TenantProperties.class)),
        (_, _) -> StoreResult.success(),
        new AssociationMetrics(metrics));
  }

  private static StoreScu open(RemoteAe remote) throws IOException {
    return StoreScu.open(remote, "TEST", CONTEXTS, ScuOptions.DEFAULT);
  }
}
