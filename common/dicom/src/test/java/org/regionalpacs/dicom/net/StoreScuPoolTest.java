package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.AssociationListener.Ending;

class StoreScuPoolTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final ProposedContext ECHO =
      ProposedContext.of(UID.Verification, UID.ImplicitVRLittleEndian);
  private static final ProposedContext CT =
      ProposedContext.of(UID.CTImageStorage, UID.ExplicitVRLittleEndian);

  @Test
  void givenAnIdleAssociation_whenFewerContextsAreWanted_thenItServes() throws IOException {
    try (StoringServer server = StoringServer.start();
        StoreScuPool pool = new StoreScuPool(2, LONG)) {
      echo(pool, server, "ME", ECHO, CT);
      echo(pool, server, "ME", ECHO);
      echo(pool, server, "ME", CT, ECHO);
      assertThat(server.opened).hasSize(1);
      assertThat(pool.idle()).isEqualTo(1);
    }
  }

  @Test
  void givenAnIdleAssociation_whenAnotherCallerOrMoreContextsAreWanted_thenOneIsOpened()
      throws IOException {
    try (StoringServer server = StoringServer.start();
        StoreScuPool pool = new StoreScuPool(3, LONG)) {
      echo(pool, server, "ME", ECHO);
      echo(pool, server, "YOU", ECHO);
      echo(pool, server, "ME", ECHO, CT);
      assertThat(server.opened).hasSize(3);
    }
  }

  @Test
  void givenAFullPool_whenOneMoreIsGivenBack_thenItIsReleased() throws IOException {
    try (StoringServer server = StoringServer.start();
        StoreScuPool pool = new StoreScuPool(1, LONG)) {
      StoreScuPool.Lease first = borrow(pool, server, "ME", ECHO);
      StoreScuPool.Lease second = borrow(pool, server, "ME", ECHO);
      first.close();
      second.close();
      assertThat(pool.idle()).isEqualTo(1);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> server.endings.equals(List.of(Ending.RELEASED)));
    }
  }

  @Test
  void givenAnIdleAssociation_whenItsTimeIsUp_thenItIsReleased() throws IOException {
    try (StoringServer server = StoringServer.start();
        StoreScuPool pool = new StoreScuPool(1, Duration.ofMillis(100))) {
      echo(pool, server, "ME", ECHO);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> server.endings.equals(List.of(Ending.RELEASED)));
      assertThat(pool.idle()).isZero();
    }
  }

  @Test
  void givenAnIdleAssociationThatTheServerEnded_whenBorrowed_thenANewOneIsOpened()
      throws IOException {
    ServerOptions quick = ServerOptions.onLoopback().withTimeouts(StoringServer.QUICK);
    try (StoringServer server = StoringServer.start(quick);
        StoreScuPool pool = new StoreScuPool(1, LONG)) {
      echo(pool, server, "ME", ECHO);
      await().atMost(Duration.ofMinutes(1)).until(() -> server.endings.contains(Ending.TIMED_OUT));
      echo(pool, server, "ME", ECHO);
      assertThat(server.opened).hasSize(2);
    }
  }

  @Test
  void givenALeaseThatWasAborted_whenGivenBack_thenItIsNotKept() throws IOException {
    try (StoringServer server = StoringServer.start();
        StoreScuPool pool = new StoreScuPool(1, LONG)) {
      StoreScuPool.Lease lease = borrow(pool, server, "ME", ECHO);
      lease.scu().abort();
      lease.close();
      assertThat(pool.idle()).isZero();
      assertThatThrownBy(() -> lease.scu().echo()).isInstanceOf(AssociationException.class);
    }
  }

  @Test
  void givenIdleAndLentAssociations_whenThePoolIsClosed_thenAllAreReleasedInTheEnd()
      throws IOException {
    try (StoringServer server = StoringServer.start()) {
      StoreScuPool pool = new StoreScuPool(2, LONG);
      StoreScuPool.Lease lent = borrow(pool, server, "ME", ECHO);
      echo(pool, server, "ME", ECHO);
      pool.close();
      await().atMost(Duration.ofMinutes(1)).until(() -> server.endings.size() == 1);
      lent.close();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> server.endings.equals(List.of(Ending.RELEASED, Ending.RELEASED)));
    }
  }

  private static void echo(
      StoreScuPool pool, StoringServer server, String callingAe, ProposedContext... contexts)
      throws IOException {
    try (StoreScuPool.Lease lease = borrow(pool, server, callingAe, contexts)) {
      assertThat(lease.scu().echo()).isZero();
    }
  }

  private static StoreScuPool.Lease borrow(
      StoreScuPool pool, StoringServer server, String callingAe, ProposedContext... contexts)
      throws IOException {
    return pool.borrow(server.remote(), callingAe, List.of(contexts), ScuOptions.DEFAULT);
  }
}
