package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.AssociationListener.Ending;

/** The end of an association in every state of PS3.8 9.2, as a client and as a server. */
class ReleaseAndAbortTest {
  private static final List<ProposedContext> CONTEXTS =
      List.of(
          ProposedContext.of(UID.CTImageStorage, UID.ExplicitVRLittleEndian),
          ProposedContext.of(UID.Verification, UID.ImplicitVRLittleEndian));
  private static final Pdu.ReleaseRequest REQUEST = new Pdu.ReleaseRequest();
  private static final Pdu.ReleaseResponse RESPONSE = new Pdu.ReleaseResponse();
  private static final Pdu.Abort ABORT = new Pdu.Abort(AbortReason.SERVICE_USER);

  private final List<Pdu> heard = new CopyOnWriteArrayList<>();

  @Test
  void givenBothAskForReleaseAtOnce_whenTheyCollide_thenTheRequestorAnswersFirstAndWaits()
      throws IOException {
    closeAgainst(peer -> {
      heard.add(peer.next());
      peer.send(REQUEST);
      heard.add(peer.next());
      peer.send(RESPONSE);
      heard.addAll(peer.rest());
    });
    assertThat(heard).containsExactly(REQUEST, RESPONSE);
  }

  @Test
  void givenTheServerAskedForReleaseBefore_whenTheClientAsks_thenItEndsAsACollision()
      throws IOException {
    closeAgainst(peer -> {
      peer.send(REQUEST);
      heard.add(peer.next());
      heard.add(peer.next());
      peer.send(RESPONSE);
      heard.addAll(peer.rest());
    });
    assertThat(heard).containsExactly(REQUEST, RESPONSE);
  }

  @Test
  void givenACollision_whenTheServerSendsDataOrAsksAgain_thenItIsAborted() throws IOException {
    for (byte[] wrong : List.of(RawPeer.data(1, 1, new byte[8]), PduEncoder.encode(REQUEST))) {
      heard.clear();
      closeAgainst(peer -> {
        heard.add(peer.next());
        peer.send(REQUEST).send(wrong);
        heard.addAll(peer.rest());
      });
      assertThat(heard)
          .containsExactly(REQUEST, RESPONSE, new Pdu.Abort(AbortReason.UNEXPECTED_PDU));
    }
  }

  @Test
  void givenACollisionThatTheServerDoesNotEnd_whenTimeIsUp_thenItIsAborted() throws IOException {
    closeAgainst(peer -> {
      peer.send(REQUEST);
      heard.addAll(peer.rest());
    });
    assertThat(heard).containsExactly(REQUEST, RESPONSE, new Pdu.Abort(AbortReason.NOT_SPECIFIED));
  }

  @Test
  void givenDataThatCrossesTheReleaseRequest_whenReleased_thenItIsIgnored() throws IOException {
    closeAgainst(peer -> {
      heard.add(peer.next());
      peer.send(RawPeer.data(1, 3, new byte[100]))
          .send(RawPeer.data(1, 2, new byte[10_000]))
          .send(RESPONSE);
      heard.addAll(peer.rest());
    });
    assertThat(heard).containsExactly(REQUEST);
  }

  @Test
  void givenAnOperationUnderWay_whenReleased_thenItSaysThatItWasNotAnswered() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.accepting(peer -> {
          Pdu next = peer.next();
          while (!next.equals(REQUEST)) {
            next = peer.next();
          }
          peer.send(RESPONSE);
        })) {
      StoreScu scu = open(server, ScuOptions.DEFAULT.withMaxOperations(2));
      CompletableFuture<StoreResponse> response = store(scu);
      scu.close();
      assertThat(response).isCompletedExceptionally();
      server.awaitEnd();
    }
  }

  @Test
  void givenAServerThatDoesNotAnswerOrAnswersWrong_whenReleased_thenItIsAborted()
      throws IOException {
    closeAgainst(peer -> heard.addAll(peer.rest()));
    assertThat(heard).containsExactly(REQUEST, new Pdu.Abort(AbortReason.NOT_SPECIFIED));
    heard.clear();
    closeAgainst(peer -> {
      peer.send(PduEncoder.encode(RawPeer.request()));
      heard.addAll(peer.rest());
    });
    assertThat(heard).containsExactly(REQUEST, new Pdu.Abort(AbortReason.UNEXPECTED_PDU));
  }

  @Test
  void givenAServerThatSendsDataWithoutEnd_whenReleased_thenTimeIsUpAllTheSame()
      throws IOException {
    closeAgainst(peer -> {
      heard.add(peer.next());
      try {
        while (true) {
          peer.send(RawPeer.data(1, 0, new byte[8]));
        }
      } catch (IOException e) {
        heard.add(ABORT);
      }
    });
    assertThat(heard).containsExactly(REQUEST, ABORT);
  }

  @Test
  void givenAServerThatAbortsInsteadOfAnswering_whenReleased_thenThatIsTheEnd() throws IOException {
    closeAgainst(peer -> {
      heard.add(peer.next());
      peer.send(ABORT);
      heard.addAll(peer.rest());
    });
    assertThat(heard).containsExactly(REQUEST);
  }

  @Test
  void givenAServerThatAbortsTheRequest_whenOpened_thenItSaysSo() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(peer -> peer.send(ABORT))) {
      assertThatThrownBy(() -> open(server, ScuOptions.DEFAULT))
          .isInstanceOf(AssociationAbortedException.class);
    }
  }

  static Stream<Arguments> insteadOfAResponse() {
    return Stream.of(
        arguments(PduEncoder.encode(ABORT), AssociationAbortedException.class, List.of()),
        arguments(PduEncoder.encode(REQUEST), ConnectionLostException.class, List.of(RESPONSE)),
        arguments(
            PduEncoder.encode(RESPONSE),
            ProtocolViolationException.class,
            List.of(new Pdu.Abort(AbortReason.UNEXPECTED_PDU))),
        arguments(
            RawPeer.data(9, 3, new byte[8]),
            ProtocolViolationException.class,
            List.of(new Pdu.Abort(AbortReason.INVALID_PARAMETER_VALUE))));
  }

  @ParameterizedTest
  @MethodSource("insteadOfAResponse")
  void givenARequest_whenSomethingElseThanItsResponseComes_thenTheAssociationEnds(
      byte[] sent, Class<? extends Exception> failure, List<Pdu> answers) throws IOException {
    try (ScriptedServer server =
        ScriptedServer.accepting(peer -> {
          peer.next();
          peer.send(sent);
          heard.addAll(peer.rest());
        })) {
      StoreScu scu = open(server, ScuOptions.DEFAULT);
      assertThatThrownBy(scu::echo).isInstanceOf(failure);
      assertThat(scu.ended()).isTrue();
      scu.close();
      server.awaitEnd();
      assertThat(heard).isEqualTo(answers);
    }
  }

  @Test
  void givenAnAssociation_whenTheClientAborts_thenTheServerHearsThatAndNoRelease()
      throws IOException {
    try (ScriptedServer server = ScriptedServer.accepting(peer -> heard.addAll(peer.rest()))) {
      StoreScu scu = open(server, ScuOptions.DEFAULT);
      scu.abort();
      scu.close();
      server.awaitEnd();
      assertThat(heard).containsExactly(ABORT);
    }
  }

  static Stream<Arguments> statesOfAServer() {
    byte[] store = RawPeer.storeRequest().encode();
    byte[] command = RawPeer.data(1, 3, store);
    return Stream.of(
        arguments("idle", new byte[0]),
        arguments("half a command", RawPeer.data(1, 1, Arrays.copyOf(store, 20))),
        arguments("before the data set", command),
        arguments("inside a data set", join(command, RawPeer.data(1, 0, new byte[8]))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statesOfAServer")
  void givenAServerInAnyState_whenAbortedOrCut_thenItEndsAndNothingIsStored(
      String state, byte[] before) throws IOException {
    try (StoringServer server = StoringServer.start()) {
      try (RawPeer aborting = RawPeer.connect(server.remote()).associate();
          RawPeer cutting = RawPeer.connect(server.remote()).associate()) {
        aborting.send(join(before, PduEncoder.encode(ABORT)));
        cutting.send(before);
        assertThat(aborting.answer().text()).isEqualTo("closed");
      }
      await().atMost(Duration.ofMinutes(1)).until(() -> server.endings.size() == 2);
      assertThat(server.endings).containsExactlyInAnyOrder(Ending.ABORTED, Ending.LOST);
      assertThat(server.stored).isEmpty();
      await().atMost(Duration.ofMinutes(1)).until(() -> server.server().associations() == 0);
    }
  }

  @Test
  void givenAReleasedAssociation_whenThePeerAsksAgainOrAborts_thenItIsReleasedAllTheSame()
      throws IOException {
    try (StoringServer server = StoringServer.start()) {
      for (Pdu.Fixed more : List.of(REQUEST, RESPONSE, ABORT)) {
        try (RawPeer peer = RawPeer.connect(server.remote()).associate()) {
          peer.send(join(PduEncoder.encode(REQUEST), PduEncoder.encode(more)));
          assertThat(peer.answer().text()).isEqualTo("released");
          assertThat(peer.answer().text()).isEqualTo("closed");
        }
      }
      await().atMost(Duration.ofMinutes(1)).until(() -> server.endings.size() == 3);
      assertThat(server.endings).containsOnly(Ending.RELEASED);
    }
  }

  private void closeAgainst(ScriptedServer.Script script) throws IOException {
    ScuOptions quick = ScuOptions.DEFAULT.withTimeouts(Timeouts.of(Duration.ofMillis(500)));
    try (ScriptedServer server = ScriptedServer.accepting(script)) {
      open(server, quick).close();
      server.awaitEnd();
    }
  }

  private static CompletableFuture<StoreResponse> store(StoreScu scu) throws IOException {
    return scu.storeAhead(
        UID.CTImageStorage,
        "1.2",
        UID.ExplicitVRLittleEndian,
        new ByteArrayInputStream(new byte[10]));
  }

  private static StoreScu open(ScriptedServer server, ScuOptions options) throws IOException {
    return StoreScu.open(server.remote(), "ME", CONTEXTS, options);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
