package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.AssociationListener.Ending;
import org.regionalpacs.dicom.net.TlsOptions.ClientAuth;

/** DICOM over TLS (PS3.15 B.12), between our own two ends and with DCMTK at the other. */
class TlsTest {
  private static final List<ProposedContext> CONTEXTS =
      List.of(
          ProposedContext.of(UID.Verification, UID.ImplicitVRLittleEndian),
          ProposedContext.of(UID.CTImageStorage, UID.ExplicitVRLittleEndian));

  @TempDir static Path certificates;
  private static TestCertificates.Identity archive;
  private static TestCertificates.Identity modality;
  private static TestCertificates.Identity stranger;

  @TempDir Path folder;

  @BeforeAll
  static void makeCertificates() {
    archive = TestCertificates.make(certificates, "archive");
    modality = TestCertificates.make(certificates, "modality");
    stranger = TestCertificates.make(certificates, "stranger", "san=dns:elsewhere.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void givenAProtocolOfTheProfile_whenStored_thenTheBytesArriveAndTheVersionIsKnown(String protocol)
      throws IOException {
    byte[] dataSet = new byte[3_000_000];
    dataSet[2_999_999] = 7;
    try (StoringServer server = server(ClientAuth.NONE)) {
      TlsOptions client =
          TlsOptions.of(TestCertificates.trusting(archive)).withProtocols(List.of(protocol));
      try (StoreScu scu = open(server, client)) {
        StoreResponse response =
            scu.store(
                UID.CTImageStorage,
                "1.2",
                UID.ExplicitVRLittleEndian,
                new ByteArrayInputStream(dataSet));
        assertThat(response.stored()).isTrue();
      }
      assertThat(server.stored.getFirst().dataSet()).isEqualTo(dataSet);
      TlsPeer secured = server.opened.getFirst().tls().orElseThrow();
      assertThat(secured.protocol()).isEqualTo(protocol);
      assertThat(TlsOptions.BCP_195_CIPHER_SUITES).contains(secured.cipherSuite());
      assertThat(secured.certificate()).isEmpty();
      await().atMost(Duration.ofMinutes(1)).until(() -> server.endings.contains(Ending.RELEASED));
    }
  }

  @Test
  void givenMutualAuthentication_whenTheClientShowsItsCertificate_thenTheServerKnowsIt()
      throws IOException {
    try (StoringServer server = server(ClientAuth.REQUIRED);
        StoreScu scu = open(server, TlsOptions.of(TestCertificates.context(modality, archive)))) {
      assertThat(scu.echo()).isZero();
      assertThat(server.opened.getFirst()).asString().contains("CN=modality");
    }
  }

  @Test
  void givenMutualAuthentication_whenTheClientShowsNoneOrAStrangers_thenItIsRefused() {
    assertRefused(ClientAuth.REQUIRED, TestCertificates.trusting(archive));
    assertRefused(ClientAuth.REQUIRED, TestCertificates.context(stranger, archive));
  }

  @Test
  void givenCertificatesAreWanted_whenTheClientShowsNone_thenItIsServed() throws IOException {
    try (StoringServer server = server(ClientAuth.WANTED);
        StoreScu scu = open(server, TlsOptions.of(TestCertificates.trusting(archive)))) {
      assertThat(scu.echo()).isZero();
    }
  }

  @Test
  void givenAServerTheClientDoesNotTrust_whenOpened_thenTheClientSaysSo() throws IOException {
    try (StoringServer server = server(ClientAuth.NONE)) {
      assertThatThrownBy(() -> open(server, TlsOptions.of(TestCertificates.trusting(modality))))
          .isInstanceOf(TlsHandshakeException.class)
          .hasMessageContaining("certification path");
      await().atMost(Duration.ofMinutes(1)).until(() -> !server.handshakesFailed.isEmpty());
    }
  }

  @Test
  void givenACertificateOfAnotherHost_whenOpened_thenRefusedUnlessHostsAreNotChecked()
      throws IOException {
    TlsOptions client = TlsOptions.of(TestCertificates.trusting(stranger));
    TlsOptions asStranger = TlsOptions.of(TestCertificates.context(stranger, modality));
    try (StoringServer server = server(asStranger)) {
      assertThatThrownBy(() -> open(server, client)).isInstanceOf(TlsHandshakeException.class);
      try (StoreScu scu = open(server, client.withoutHostCheck())) {
        assertThat(scu.echo()).isZero();
      }
    }
  }

  @Test
  void givenACipherSuiteOutsideTheProfile_whenOpened_thenRefused() throws IOException {
    TlsOptions weak =
        TlsOptions.of(TestCertificates.trusting(archive))
            .withProtocols(List.of("TLSv1.2"))
            .withCipherSuites(List.of("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"));
    try (StoringServer server = server(ClientAuth.NONE)) {
      assertThatThrownBy(() -> open(server, weak)).isInstanceOf(TlsHandshakeException.class);
    }
  }

  @Test
  void givenPeersThatDoNotShakeHands_whenOthersCome_thenTheyAreServedAndTheSilentOnesCut()
      throws IOException {
    try (StoringServer server =
            server(
                TlsOptions.of(TestCertificates.context(archive, modality)),
                Timeouts.of(Duration.ofSeconds(2)));
        RawPeer silent = RawPeer.connect(server.tlsRemote());
        RawPeer plain = RawPeer.connect(server.tlsRemote());
        RawPeer dripping = RawPeer.connect(server.tlsRemote())) {
      plain.send(PduEncoder.encode(RawPeer.request()));
      dripping.sendHex("1603 01 0200 01");
      try (StoreScu scu = open(server, TlsOptions.of(TestCertificates.trusting(archive)))) {
        assertThat(scu.echo()).isZero();
      }
      assertThat(silent.answer().text()).isEqualTo("closed");
      assertThat(dripping.answer().text()).isEqualTo("closed");
      await().atMost(Duration.ofMinutes(1)).until(() -> server.handshakesFailed.size() == 3);
      assertThat(server.handshakesFailed).anyMatch(p -> p.contains("timeout after 2000 ms"));
    }
  }

  @Test
  void givenAServerThatDoesNotShakeHands_whenOpened_thenTheClientTimesOut() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RemoteAe remote = new RemoteAe("SILENT", "127.0.0.1", silent.getLocalPort());
      ScuOptions client =
          ScuOptions.DEFAULT
              .withTimeouts(StoringServer.QUICK)
              .withTls(TlsOptions.of(TestCertificates.trusting(archive)));
      assertThatThrownBy(() -> StoreScu.open(remote, "ME", CONTEXTS, client))
          .isInstanceOf(AssociationTimeoutException.class)
          .hasMessageContaining("TLS handshake");
    }
  }

  @Test
  void givenAnIdleAssociation_whenTimeIsUp_thenThePeerHearsTheAbort() throws IOException {
    try (StoringServer server =
            server(
                TlsOptions.of(TestCertificates.context(archive, modality)),
                // Long enough for the first handshake of a JVM on a busy machine.
                Timeouts.of(Duration.ofSeconds(2)));
        StoreScu scu = open(server, TlsOptions.of(TestCertificates.trusting(archive)))) {
      await().atMost(Duration.ofMinutes(1)).until(() -> server.endings.contains(Ending.TIMED_OUT));
      assertThatThrownBy(scu::echo).isInstanceOf(AssociationAbortedException.class);
    }
  }

  @Test
  void givenAPeerThatStopsReading_whenResponsesPileUp_thenItsTlsConnectionIsCutAllTheSame()
      throws IOException {
    Timeouts limits = Timeouts.of(Duration.ofSeconds(2));
    byte[] echo = RawPeer.data(3, 3, RawPeer.echoRequest().encode());
    try (StoringServer server =
            server(TlsOptions.of(TestCertificates.context(archive, modality)), limits);
        Socket peer =
            TestCertificates.trusting(archive)
                .getSocketFactory()
                .createSocket("127.0.0.1", server.server().tlsPort())) {
      peer.getOutputStream().write(PduEncoder.encode(RawPeer.request()));
      assertThatThrownBy(
              () -> {
                while (true) {
                  peer.getOutputStream().write(echo);
                }
              })
          .isInstanceOf(IOException.class);
      await().atMost(Duration.ofMinutes(1)).until(() -> server.endings.contains(Ending.TIMED_OUT));
      await().atMost(Duration.ofMinutes(1)).until(() -> server.server().associations() == 0);
    }
  }

  @Test
  void givenAnIdleTlsAssociation_whenTheServerStops_thenItEndsAtOnce() throws IOException {
    StoringServer server = server(ClientAuth.NONE);
    try (StoreScu scu = open(server, TlsOptions.of(TestCertificates.trusting(archive)))) {
      assertThat(scu.echo()).isZero();
      server.server().stop(Duration.ofSeconds(1));
      assertThat(server.server().associations()).isZero();
      assertThatThrownBy(scu::echo).isInstanceOf(AssociationException.class);
    }
  }

  @Test
  void givenDcmtksClients_whenTheyCallOverTls_thenTheyAreServed() throws IOException {
    Path file = SampleFile.write(folder, UID.CTImageStorage, UID.ExplicitVRLittleEndian, 300_000);
    try (StoringServer server = server(ClientAuth.REQUIRED)) {
      Object port = server.server().tlsPort();
      Dcmtk.Outcome echo =
          Dcmtk.run(
              "echoscu",
              "+tls",
              modality.key(),
              modality.certificate(),
              "+cf",
              archive.certificate(),
              "-aec",
              StoringServer.AE,
              "127.0.0.1",
              port);
      assertThat(echo.code()).as(echo.output()).isZero();
      Dcmtk.Outcome store =
          Dcmtk.run(
              "storescu",
              "+tls",
              modality.key(),
              modality.certificate(),
              "+cf",
              archive.certificate(),
              "-aec",
              StoringServer.AE,
              "127.0.0.1",
              port,
              file);
      assertThat(store.code()).as(store.output()).isZero();
      assertThat(server.stored.getFirst().dataSet()).isEqualTo(SampleFile.dataSet(file));
      Dcmtk.Outcome anonymous =
          Dcmtk.run(
              "echoscu",
              "+tla",
              "+cf",
              archive.certificate(),
              "-aec",
              StoringServer.AE,
              "127.0.0.1",
              port);
      assertThat(anonymous.code()).as(anonymous.output()).isNotZero();
    }
  }

  @Test
  void givenDcmtksStorescp_whenWeSendOverTls_thenItWritesTheSameBytes() throws Exception {
    Path received = Files.createDirectory(folder.resolve("received"));
    Path file = SampleFile.write(folder, UID.CTImageStorage, UID.ExplicitVRLittleEndian, 300_000);
    ScuOptions client =
        ScuOptions.DEFAULT.withTls(TlsOptions.of(TestCertificates.context(modality, archive)));
    try (Dcmtk.StoreScp storescp =
        new Dcmtk.StoreScp(
            received,
            client,
            "+B",
            "-uf",
            "+tls",
            archive.key(),
            archive.certificate(),
            "+cf",
            modality.certificate())) {
      assertThat(
              new SendFiles(storescp.remote(), "OURS", 1, client)
                  .send(List.of(file), SendListener.NONE))
          .allSatisfy(o -> assertThat(o.stored()).as(o.text()).isTrue());
    }
    try (var written = Files.list(received)) {
      assertThat(SampleFile.dataSet(written.findFirst().orElseThrow()))
          .isEqualTo(SampleFile.dataSet(file));
    }
  }

  private static void assertRefused(ClientAuth clientAuth, SSLContext client) {
    try (StoringServer server = server(clientAuth)) {
      // In TLS 1.3 the client has done its part before the server judges its certificate.
      assertThatThrownBy(() -> open(server, TlsOptions.of(client)))
          .isInstanceOf(AssociationException.class);
      await().atMost(Duration.ofMinutes(1)).until(() -> !server.handshakesFailed.isEmpty());
      assertThat(server.opened).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static StoringServer server(ClientAuth clientAuth) throws IOException {
    return server(
        TlsOptions.of(TestCertificates.context(archive, modality)).withClientAuth(clientAuth));
  }

  private static StoringServer server(TlsOptions options) throws IOException {
    return server(options, Timeouts.DEFAULT);
  }

  private static StoringServer server(TlsOptions options, Timeouts timeouts) throws IOException {
    TlsListener listener = new TlsListener(InetAddress.getLoopbackAddress(), 0, options);
    return StoringServer.start(ServerOptions.onLoopback().withTimeouts(timeouts).withTls(listener));
  }

  private static StoreScu open(StoringServer server, TlsOptions options) throws IOException {
    return StoreScu.open(
        server.tlsRemote(), "MODALITY", CONTEXTS, ScuOptions.DEFAULT.withTls(options));
  }
}
