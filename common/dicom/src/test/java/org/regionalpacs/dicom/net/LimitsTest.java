package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.AssociationListener.Ending;

/** Nothing waits for ever, nothing grows for ever. */
class LimitsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ServerOptions QUICK =
      ServerOptions.onLoopback().withTimeouts(StoringServer.QUICK);
  private static final List<ProposedContext> CONTEXTS =
      List.of(ProposedContext.of(UID.CTImageStorage, UID.ExplicitVRLittleEndian));
  private static final ScuOptions QUICK_CLIENT =
      ScuOptions.DEFAULT.withTimeouts(StoringServer.QUICK);

  @Test
  void givenAllPlacesTaken_whenOpened_thenRejectedAsTransientUntilOneIsFree() throws IOException {
    try (StoringServer server =
        StoringServer.start(ServerOptions.onLoopback().withMaxAssociations(2))) {
      StoreScu first = open(server.remote());
      StoreScu second = open(server.remote());
      assertThatThrownBy(() -> open(server.remote()))
          .isInstanceOfSatisfying(
              AssociationRejectedException.class,
              e -> {
                assertThat(e.isTransient()).isTrue();
                assertThat(e.source()).isEqualTo(3);
                assertThat(e.reason()).isEqualTo(2);
              });
      first.close();
      await().atMost(Duration.ofMinutes(1)).until(() -> server.server().associations() == 1);
      open(server.remote()).close();
      second.close();
    }
  }

  @Test
  void givenAnAeWithAllItsPlaces_whenItOpensOneMore_thenRejectedAsTransientAndOthersAreServed()
      throws IOException {
    try (StoringServer server =
        StoringServer.start(ServerOptions.onLoopback().withMaxAssociationsPerAe(1))) {
      StoreScu first = openAs("GREEDY", server.remote());
      assertThatThrownBy(() -> openAs("GREEDY", server.remote()))
          .isInstanceOfSatisfying(
              AssociationRejectedException.class,
              e ->
                  assertThat(List.of(e.result(), e.source(), e.reason())).containsExactly(2, 3, 2));
      openAs("MODEST", server.remote()).close();
      first.close();
      await().atMost(Duration.ofMinutes(1)).until(() -> server.server().associations() == 0);
      openAs("GREEDY", server.remote()).close();
      assertThat(server.rejections).containsExactly(RejectReason.LOCAL_LIMIT_EXCEEDED);
    }
  }

  @Test
  void givenMoreConnectionsThanCanNegotiate_whenOneMoreComes_thenItIsClosedAtOnce()
      throws IOException {
    List<RawPeer> silent = new ArrayList<>();
    try (StoringServer server =
        StoringServer.start(ServerOptions.onLoopback().withMaxAssociations(1))) {
      for (int i = 0; i < 257; i++) {
        silent.add(RawPeer.connect(server.remote()));
      }
      try (RawPeer late = RawPeer.connect(server.remote())) {
        assertThat(late.answer().text()).isEqualTo("closed");
      }
    } finally {
      for (RawPeer peer : silent) {
        peer.close();
      }
    }
  }

  @Test
  void givenAPeerThatDripsItsRequest_whenTimeIsUp_thenClosed() throws Exception {
    try (StoringServer server = StoringServer.start(QUICK);
        RawPeer peer = RawPeer.connect(server.remote())) {
      byte[] request = PduEncoder.encode(RawPeer.request());
      Instant start = Instant.now();
      CompletableFuture<Void> dripping = drip(peer, request);
      assertThat(peer.answer().text()).isEqualTo("closed");
      assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
      dripping.join();
    }
  }

  @Test
  void givenAPeerThatDripsADataSetByteByByte_whenTimeIsUp_thenAborted() throws Exception {
    try (StoringServer server = StoringServer.start(QUICK);
        RawPeer peer = RawPeer.connect(server.remote()).associate()) {
      peer.send(RawPeer.data(1, 3, RawPeer.storeRequest().encode()));
      // Each byte is a PDU of its own, well within the time for a PDU: only the pace tells.
      CompletableFuture<Void> dripping = dripPdus(peer, RawPeer.data(1, 0, new byte[1]));
      assertThat(peer.answer().text()).isEqualTo("abort 2 0");
      dripping.join();
      await().atMost(Duration.ofMinutes(1)).until(() -> server.endings.contains(Ending.TIMED_OUT));
    }
  }

  @Test
  void givenAPeerThatDripsACommandFragmentByFragment_whenTimeIsUp_thenAborted() throws Exception {
    try (StoringServer server = StoringServer.start(QUICK);
        RawPeer peer = RawPeer.connect(server.remote()).associate()) {
      Instant start = Instant.now();
      CompletableFuture<Void> dripping = dripPdus(peer, RawPeer.data(1, 1, new byte[1]));
      assertThat(peer.answer().text()).isEqualTo("abort 2 0");
      assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
      dripping.join();
    }
  }

  @Test
  void givenAPeerThatDripsAPduByteByByte_whenTimeIsUp_thenAborted() throws Exception {
    try (StoringServer server = StoringServer.start(QUICK);
        RawPeer peer = RawPeer.connect(server.remote()).associate()) {
      CompletableFuture<Void> dripping = drip(peer, RawPeer.data(1, 1, new byte[100]));
      assertThat(peer.answer().text()).isEqualTo("abort 2 0");
      dripping.join();
    }
  }

  @Test
  void givenAPeerThatDripsAfterItsRelease_whenTimeIsUp_thenTheConnectionIsClosed()
      throws Exception {
    try (StoringServer server = StoringServer.start(QUICK);
        RawPeer peer = RawPeer.connect(server.remote()).associate()) {
      peer.send(new byte[] {5, 0, 0, 0, 0, 4, 0, 0, 0, 0});
      assertThat(peer.answer().text()).isEqualTo("released");
      dripPdus(peer, new byte[1]).get(1, TimeUnit.MINUTES);
      await().atMost(Duration.ofMinutes(1)).until(() -> server.server().associations() == 0);
    }
  }

  @Test
  void givenAPeerThatStopsReading_whenResponsesPileUp_thenTheWatchdogEndsIt() throws Exception {
    try (StoringServer server = StoringServer.start(QUICK);
        RawPeer peer = RawPeer.connect(server.remote()).associate()) {
      byte[] echo = RawPeer.data(3, 3, RawPeer.echoRequest().encode());
      assertThatThrownBy(
              () -> {
                while (true) {
                  peer.send(echo);
                }
              })
          .isInstanceOf(IOException.class);
      await().atMost(Duration.ofMinutes(1)).until(() -> server.endings.contains(Ending.TIMED_OUT));
      open(server.remote()).close();
    }
  }

  @Test
  void givenAServerThatStopsReading_whenSending_thenTheClientTimesOut() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StuckServer stuck = new StuckServer(silent)) {
      StoreScu scu =
          StoreScu.open(
              new RemoteAe("STUCK", "127.0.0.1", silent.getLocalPort()),
              "ME",
              CONTEXTS,
              QUICK_CLIENT);
      Instant start = Instant.now();
      assertThatThrownBy(() ->
              scu.store(
                  UID.CTImageStorage,
                  "1.2",
                  UID.ExplicitVRLittleEndian,
                  new ByteArrayInputStream(new byte[50_000_000])))
          .isInstanceOf(AssociationTimeoutException.class);
      assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
    }
  }

  @Test
  void givenAServerThatNeverAnswers_whenOpened_thenTheClientTimesOut() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RemoteAe remote = new RemoteAe("SILENT", "127.0.0.1", silent.getLocalPort());
      assertThatThrownBy(() -> StoreScu.open(remote, "ME", CONTEXTS, QUICK_CLIENT))
          .isInstanceOf(AssociationTimeoutException.class)
          .hasMessageContaining("association request");
    }
  }

  @Test
  void givenASlowServer_whenTheClientAborts_thenTheWaitingThreadEnds() throws Exception {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    StoreHandler slow = (_, _) -> waitIn(inHandler, leave);
    try (StoringServer server = StoringServer.start(ServerOptions.onLoopback(), slow);
        StoreScu scu = open(server.remote())) {
      CompletableFuture<Throwable> ended =
          CompletableFuture.supplyAsync(() -> storeFailing(scu, new byte[100]));
      inHandler.await();
      scu.abort();
      assertThat(ended.get()).isInstanceOf(AssociationException.class);
      leave.countDown();
    }
  }

  @Test
  void givenAMessageUnderWay_whenStopped_thenItIsAnsweredAndIdleAssociationsAreAborted()
      throws Exception {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    StoreHandler slow = (_, _) -> waitIn(inHandler, leave);
    StoringServer server = StoringServer.start(ServerOptions.onLoopback(), slow);
    try (RawPeer idle = RawPeer.connect(server.remote()).associate();
        RawPeer busy = RawPeer.connect(server.remote()).associate()) {
      busy.send(RawPeer.data(1, 3, RawPeer.storeRequest().encode()))
          .send(RawPeer.data(1, 2, new byte[8]));
      inHandler.await();
      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(() -> server.server().stop(SOON));
      assertThat(idle.answer().text()).isEqualTo("abort 0 0");
      // The kernel goes on listening until the thread that accepts has been woken.
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() ->
              assertThatThrownBy(() -> RawPeer.connect(server.remote()).close())
                  .isInstanceOf(IOException.class));
      leave.countDown();
      assertThat(busy.answer().command().number(CommandElement.STATUS)).hasValue(0);
      assertThat(busy.answer().text()).isEqualTo("abort 0 0");
      stopped.get();
      assertThat(server.server().running()).isFalse();
    }
  }

  @Test
  void givenAMessageThatDoesNotEnd_whenStopped_thenItIsCutAfterTheGrace() throws Exception {
    StoringServer server = StoringServer.start();
    try (RawPeer busy = RawPeer.connect(server.remote()).associate()) {
      busy.send(RawPeer.data(1, 3, RawPeer.storeRequest().encode()))
          .send(RawPeer.data(1, 0, new byte[8]));
      await().atMost(Duration.ofMinutes(1)).until(() -> server.server().associations() == 1);
      server.server().stop(Duration.ofMillis(100));
      assertThat(server.server().associations()).isZero();
      assertThat(server.stored).isEmpty();
    }
  }

  private static StoreResult waitIn(CountDownLatch inHandler, CountDownLatch leave)
      throws IOException {
    inHandler.countDown();
    try {
      leave.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return StoreResult.success();
  }

  private static Throwable storeFailing(StoreScu scu, byte[] dataSet) {
    InputStream in = new ByteArrayInputStream(dataSet);
    try {
      scu.store(UID.CTImageStorage, "1.2", UID.ExplicitVRLittleEndian, in);
      return new AssertionError("stored");
    } catch (IOException e) {
      return e;
    }
  }

  private static CompletableFuture<Void> drip(RawPeer peer, byte[] bytes) {
    return CompletableFuture.runAsync(() -> {
      for (byte one : bytes) {
        if (!sentSlowly(peer, new byte[] {one})) {
          return;
        }
      }
    });
  }

  private static CompletableFuture<Void> dripPdus(RawPeer peer, byte[] pdu) {
    return CompletableFuture.runAsync(() -> {
      while (sentSlowly(peer, pdu)) {
        // And another one.
      }
    });
  }

  /** The slowness is what is tested; it synchronises nothing. */
  private static boolean sentSlowly(RawPeer peer, byte[] bytes) {
    try {
      Thread.sleep(50);
      peer.send(bytes);
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static StoreScu open(RemoteAe remote) throws IOException {
    return openAs("ME", remote);
  }

  private static StoreScu openAs(String callingAe, RemoteAe remote) throws IOException {
    return StoreScu.open(remote, callingAe, CONTEXTS, ScuOptions.DEFAULT);
  }

  /** Accepts one association and reads no more. */
  private static final class StuckServer implements AutoCloseable {
    private final CompletableFuture<Socket> connection;

    StuckServer(ServerSocket listener) {
      this.connection = CompletableFuture.supplyAsync(() -> associate(listener));
    }

    private static Socket associate(ServerSocket listener) {
      try {
        Socket socket = listener.accept();
        Transport transport = new Transport(socket, SOON);
        PduReader reader = new PduReader(transport, 1 << 20, SOON);
        AssociateRequest request = (AssociateRequest) reader.next(SOON, "request");
        byte[] accept =
            PduEncoder.encode(
                new Negotiation(new StoragePolicy(_ -> true), 16_384, 1)
                    .accept(request, new IdentityAnswer.NotSupported()));
        transport.write(accept, 0, accept.length);
        return socket;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws Exception {
      connection.get().close();
    }
  }
}
