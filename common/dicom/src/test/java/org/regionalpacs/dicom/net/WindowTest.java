package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;

/** The asynchronous operations window as a requestor uses it (PS3.7 D.3.3.3). */
class WindowTest {
  private static final List<ProposedContext> CONTEXTS =
      List.of(
          ProposedContext.of(UID.CTImageStorage, UID.ExplicitVRLittleEndian),
          ProposedContext.of(UID.Verification, UID.ImplicitVRLittleEndian));

  @Test
  void givenAWindow_whenSentAhead_thenSoManyAreUnderWayBeforeTheFirstResponse() throws Exception {
    CountDownLatch allSent = new CountDownLatch(1);
    StoreHandler waiting =
        (_, _) -> {
          await(allSent);
          return StoreResult.success();
        };
    try (StoringServer server = start(3, waiting);
        StoreScu scu = open(server, 5)) {
      List<CompletableFuture<StoreResponse>> responses = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        responses.add(send(scu));
      }
      assertThat(responses).noneMatch(CompletableFuture::isDone);
      // A fourth would have to wait for the first response, which waits for this.
      allSent.countDown();
      responses.add(send(scu));
      assertThat(responses.getFirst()).isDone();
      assertThat(scu.echo()).isZero();
      scu.awaitResponses();
      assertThat(responses).allSatisfy(r -> assertThat(r.join().stored()).isTrue());
      assertThat(server.stored).hasSize(4);
    }
  }

  @Test
  void givenAServerWithoutAWindow_whenSentAhead_thenEachWaitsForTheResponseBefore()
      throws IOException {
    try (StoringServer server = start(1, (_, _) -> StoreResult.success());
        StoreScu scu = open(server, 5)) {
      CompletableFuture<StoreResponse> first = send(scu);
      assertThat(first).isNotDone();
      send(scu);
      assertThat(first).isDone();
      scu.awaitPlace();
      assertThat(server.stored).hasSize(2);
    }
  }

  @Test
  void givenOperationsUnderWay_whenTheAssociationIsAborted_thenAllOfThemSaySo() throws Exception {
    CountDownLatch leave = new CountDownLatch(1);
    StoreHandler waiting =
        (_, _) -> {
          await(leave);
          return StoreResult.success();
        };
    try (StoringServer server = start(2, waiting)) {
      StoreScu scu = open(server, 2);
      List<CompletableFuture<StoreResponse>> responses = List.of(send(scu), send(scu));
      scu.abort();
      assertThatThrownBy(scu::awaitResponses).isInstanceOf(AssociationException.class);
      assertThat(responses).allMatch(CompletableFuture::isCompletedExceptionally);
      leave.countDown();
    }
  }

  @Test
  void givenResponsesInAnotherOrder_whenTaken_thenEachFindsItsRequest() throws Exception {
    Outstanding outstanding = new Outstanding(2);
    CommandSet one = RawPeer.storeRequest().with(CommandElement.MESSAGE_ID, 1);
    CommandSet two = RawPeer.storeRequest().with(CommandElement.MESSAGE_ID, 2);
    CompletableFuture<CommandSet> first = outstanding.add(one);
    CompletableFuture<CommandSet> second = outstanding.add(two);
    assertThat(outstanding.isFull()).isTrue();
    assertThat(outstanding.take(two.response(0))).isSameAs(second);
    assertThat(outstanding.take(one.response(0))).isSameAs(first);
    assertThatThrownBy(() -> outstanding.take(one.response(0)))
        .isInstanceOf(ProtocolViolationException.class);
  }

  @Test
  void givenAResponseOfAnotherKindOrWithoutStatus_whenTaken_thenAViolation() {
    Outstanding outstanding = new Outstanding(1);
    outstanding.add(RawPeer.storeRequest());
    CommandSet otherKind =
        RawPeer.storeRequest()
            .response(0)
            .with(CommandElement.COMMAND_FIELD, Command.C_ECHO_RQ | Command.RESPONSE);
    CommandSet withoutStatus =
        new CommandSet()
            .with(CommandElement.COMMAND_FIELD, Command.C_STORE_RQ | Command.RESPONSE)
            .with(CommandElement.MESSAGE_ID_BEING_RESPONDED_TO, 7);
    assertThatThrownBy(() -> outstanding.take(otherKind))
        .isInstanceOf(ProtocolViolationException.class);
    assertThatThrownBy(() -> outstanding.take(withoutStatus))
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessageContaining("without a status");
  }

  private static StoringServer start(int window, StoreHandler handler) throws IOException {
    return StoringServer.start(ServerOptions.onLoopback().withMaxOperations(window), handler);
  }

  private static StoreScu open(StoringServer server, int window) throws IOException {
    return StoreScu.open(
        server.remote(), "ME", CONTEXTS, ScuOptions.DEFAULT.withMaxOperations(window));
  }

  private static CompletableFuture<StoreResponse> send(StoreScu scu) throws IOException {
    return scu.storeAhead(
        UID.CTImageStorage,
        "1.2",
        UID.ExplicitVRLittleEndian,
        new ByteArrayInputStream(new byte[100]));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
