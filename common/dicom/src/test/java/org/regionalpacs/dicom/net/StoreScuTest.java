package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.AssociationListener.Ending;

/** Our client against our server. */
class StoreScuTest {
  private static final String CT = UID.CTImageStorage;
  private static final String EXPLICIT = UID.ExplicitVRLittleEndian;
  private static final List<ProposedContext> CT_ONLY = List.of(ProposedContext.of(CT, EXPLICIT));

  @Test
  void givenAServer_whenEchoed_thenSuccess() throws IOException {
    try (StoringServer server = StoringServer.start();
        StoreScu scu = open(server, ProposedContext.of(UID.Verification, EXPLICIT))) {
      assertThat(scu.echo()).isZero();
      assertThat(scu.echo()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4090, 4092, 131_066, 131_068, 262_132, 5_000_000})
  void givenADataSetOfAnyLength_whenStored_thenItsBytesArriveUnchanged(int length)
      throws IOException {
    byte[] dataSet = bytes(length);
    try (StoringServer server = StoringServer.start();
        StoreScu scu = open(server, CT_ONLY.getFirst())) {
      assertThat(store(scu, dataSet).status()).isZero();
      StoringServer.Stored stored = server.stored.getFirst();
      assertThat(stored.dataSet()).isEqualTo(dataSet);
      assertThat(stored.request().sopClass()).contains(CT);
      assertThat(stored.request().sopInstance()).contains("1.2.3");
      assertThat(stored.request().transferSyntax()).isEqualTo(EXPLICIT);
      assertThat(stored.request().association().callingAe()).isEqualTo("MODALITY");
    }
  }

  @Test
  void givenADataSetOfOddLength_whenStored_thenItArrivesPaddedToEven() throws IOException {
    try (StoringServer server = StoringServer.start();
        StoreScu scu = open(server, CT_ONLY.getFirst())) {
      store(scu, new byte[] {1, 2, 3});
      assertThat(server.stored.getFirst().dataSet()).containsExactly(1, 2, 3, 0);
    }
  }

  @Test
  void givenAServerWithSmallPdus_whenStored_thenNoneIsLongerAndTheBytesArrive() throws IOException {
    byte[] dataSet = bytes(100_000);
    try (StoringServer server = StoringServer.start(ServerOptions.onLoopback().withMaxPdu(4096));
        StoreScu scu = open(server, CT_ONLY.getFirst())) {
      store(scu, dataSet);
      assertThat(server.stored.getFirst().dataSet()).isEqualTo(dataSet);
    }
  }

  @Test
  void givenAPeerThatTakesTwelveBytes_whenItEchoes_thenTheResponseComesInSixByteFragments()
      throws IOException {
    try (StoringServer server = StoringServer.start();
        RawPeer peer = RawPeer.connect(server.remote())) {
      peer.send(PduEncoder.encode(RawPeer.request(12)));
      assertThat(peer.answer().type()).isEqualTo(Pdu.ASSOCIATE_AC);
      peer.send(RawPeer.data(3, 3, RawPeer.echoRequest().encode()));
      RawPeer.Answer answer = peer.answer();
      int fragments = 1;
      while ((answer.body()[5] & 2) == 0) {
        assertThat(answer.body()).hasSize(12);
        answer = peer.answer();
        fragments++;
      }
      assertThat(fragments).isGreaterThan(10);
    }
  }

  @Test
  void givenAHandlerThatRefuses_whenStored_thenStatusAndCommentComeBackAndTheAssociationGoesOn()
      throws IOException {
    StoreHandler handler =
        (_, _) -> StoreResult.of(Status.OUT_OF_RESOURCES, "Disk full: " + "x".repeat(100) + "\n");
    try (StoringServer server = StoringServer.start(ServerOptions.onLoopback(), handler);
        StoreScu scu = open(server, CT_ONLY.getFirst())) {
      for (int i = 0; i < 2; i++) {
        StoreResponse response = store(scu, bytes(1_000_000));
        assertThat(response.status()).isEqualTo(0xA700);
        assertThat(response.errorComment()).startsWith("Disk full: xxx").hasSize(64);
        assertThat(response.stored()).isFalse();
      }
    }
  }

  @Test
  void givenAHandlerThatThrows_whenStored_thenProcessingFailureWithoutDetails() throws IOException {
    StoreHandler handler =
        (_, dataSet) -> {
          dataSet.readNBytes(10);
          throw new IllegalStateException("secret");
        };
    try (StoringServer server = StoringServer.start(ServerOptions.onLoopback(), handler);
        StoreScu scu = open(server, CT_ONLY.getFirst())) {
      assertThat(store(scu, bytes(300_000))).isEqualTo(new StoreResponse(0x0110, "Internal error"));
      assertThat(store(scu, bytes(3_000)).status()).isEqualTo(0x0110);
    }
  }

  @Test
  void givenAStoreInAVerificationContext_whenAsked_thenSopClassNotSupported() throws IOException {
    try (StoringServer server = StoringServer.start();
        RawPeer peer = RawPeer.connect(server.remote()).associate()) {
      peer.send(RawPeer.data(3, 3, RawPeer.storeRequest().encode()))
          .send(RawPeer.data(3, 2, new byte[20]));
      CommandSet response = peer.answer().command();
      assertThat(response.number(CommandElement.STATUS)).hasValue(0x0122);
      assertThat(response.number(CommandElement.MESSAGE_ID_BEING_RESPONDED_TO)).hasValue(7);
      assertThat(response.text(CommandElement.AFFECTED_SOP_INSTANCE_UID)).contains("1.2.3.4");
      assertThat(server.stored).isEmpty();
    }
  }

  @Test
  void givenAnUnacceptedContext_whenStored_thenItSaysWhyAndTheAssociationGoesOn()
      throws IOException {
    try (StoringServer server = StoringServer.start();
        StoreScu scu =
            open(server, CT_ONLY.getFirst(), ProposedContext.of(RawPeer.MWL, EXPLICIT))) {
      assertThatThrownBy(
              () -> scu.store(RawPeer.MWL, "1.2", EXPLICIT, InputStream.nullInputStream()))
          .isInstanceOf(ContextNotAcceptedException.class)
          .hasMessageContaining("abstract syntax not supported");
      assertThat(store(scu, bytes(10)).status()).isZero();
    }
  }

  @Test
  void givenADataSetThatCannotBeRead_whenStored_thenTheServerHearsAnAbort() throws IOException {
    InputStream broken =
        new InputStream() {
          private int left = 200_000;

          @Override
          public int read() throws IOException {
            if (left-- <= 0) {
              throw new IOException("disk error");
            }
            return 1;
          }
        };
    try (StoringServer server = StoringServer.start()) {
      try (StoreScu scu = open(server, CT_ONLY.getFirst())) {
        assertThatThrownBy(() -> scu.store(CT, "1.2.3", EXPLICIT, broken))
            .isInstanceOf(IOException.class)
            .hasMessage("disk error");
        assertThat(scu.ended()).isTrue();
      }
      await().atMost(Duration.ofMinutes(1)).until(() -> server.endings.contains(Ending.ABORTED));
      assertThat(server.stored).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"NOBODY,MODALITY,1,7,called AE title not recognized"})
  void givenAWrongTitle_whenOpened_thenTheReasonIsTold(
      String called, String calling, int source, int reason, String text) throws IOException {
    try (StoringServer server = StoringServer.start()) {
      RemoteAe remote = new RemoteAe(called, "127.0.0.1", server.server().port());
      assertThatThrownBy(() -> StoreScu.open(remote, calling, CT_ONLY, ScuOptions.DEFAULT))
          .isInstanceOfSatisfying(
              AssociationRejectedException.class,
              e -> {
                assertThat(e.source()).isEqualTo(source);
                assertThat(e.reason()).isEqualTo(reason);
                assertThat(e).hasMessageContaining(text);
              });
    }
  }

  @Test
  void given128Contexts_whenOpened_thenAllButOtherServicesAreAccepted() throws IOException {
    List<ProposedContext> contexts =
        IntStream.range(0, 128).mapToObj(i -> ProposedContext.of(CT, "1.2.840.999." + i)).toList();
    try (StoringServer server = StoringServer.start();
        StoreScu scu = StoreScu.open(server.remote(), "MODALITY", contexts, ScuOptions.DEFAULT)) {
      assertThat(contexts).allMatch(c -> scu.accepts(CT, c.transferSyntaxes().getFirst()));
      assertThat(scu.store(CT, "1.2", "1.2.840.999.127", stream(bytes(6))).status()).isZero();
      assertThat(server.stored.getFirst().request().transferSyntax()).isEqualTo("1.2.840.999.127");
    }
  }

  @Test
  void givenNobodyListens_whenOpened_thenItSaysWhere() {
    RemoteAe remote = new RemoteAe("NOBODY", "127.0.0.1", 1);
    assertThatThrownBy(() -> StoreScu.open(remote, "ME", CT_ONLY, ScuOptions.DEFAULT))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("NOBODY@127.0.0.1:1");
  }

  private static StoreScu open(StoringServer server, ProposedContext... contexts)
      throws IOException {
    return StoreScu.open(server.remote(), "MODALITY", List.of(contexts), ScuOptions.DEFAULT);
  }

  private static StoreResponse store(StoreScu scu, byte[] dataSet) throws IOException {
    return scu.store(CT, "1.2.3", EXPLICIT, stream(dataSet));
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
