package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;

/** What many associations and long objects cost a server, seen from outside its JVM. */
class MemoryTest {
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;
  private static final long PDU = ServerOptions.DEFAULT_MAX_PDU;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void given1500IdleAssociations_whenOneMoreEchoes_thenItIsAnsweredAndMemoryStaysUnder400Megabytes()
      throws IOException {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "there is no /proc here");
    List<RawPeer> idle = new ArrayList<>();
    try (ChildServer server = new ChildServer(1600, "512m")) {
      for (int i = 0; i < 1500; i++) {
        RawPeer peer = RawPeer.connect(server.remote());
        idle.add(peer);
        peer.associate();
      }
      assertThat(server.associations()).isEqualTo(1500);
      try (StoreScu scu = open(server, UID.Verification, UID.ImplicitVRLittleEndian)) {
        assertThat(scu.echo()).isZero();
      }
      // Before anything is collected, with all the garbage of 1500 negotiations.
      assertThat(server.resident()).isLessThan(400_000_000);
      // What each holds: its buffer, its thread's stack, its contexts.
      assertThat(server.heap() / 1500).isLessThan(48 * 1024);
      RawPeer last = idle.getLast();
      last.send(RawPeer.data(3, 3, RawPeer.echoRequest().encode()));
      assertThat(last.answer().text()).isEqualTo("data");
    } finally {
      for (RawPeer peer : idle) {
        peer.close();
      }
    }
  }

  @Test
  void given64OpenStoresOneOf4Gigabytes_whenAllAreUnderWay_thenTheHeapHoldsNoneOfThem()
      throws Exception {
    // Of the longest only a part is sent; how much is still to come, a server can't know.
    storeAtOnce(96 * MIB, 64 * 1024);
  }

  @Test
  @Tag("long")
  void given64OpenStoresOneOf4Gigabytes_whenSentToTheEnd_thenTheHeapHoldsNoneOfThem()
      throws Exception {
    storeAtOnce(4 * GIB + 2 * MIB, 4 * MIB);
  }

  /** One long object and 63 of 2 MB, none of which ends before all are open. */
  private static void storeAtOnce(long longFirst, long longHeld) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (ChildServer server = new ChildServer(64, "256m");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> statuses = new ArrayList<>();
      statuses.add(threads.submit(storing(server, longFirst, longHeld, release)));
      for (int i = 1; i < 64; i++) {
        statuses.add(threads.submit(storing(server, 2 * MIB, 64 * 1024, release)));
      }
      // Of what comes before the release a sender may hold back the last, incomplete PDU.
      long sent = longFirst + 63 * 2 * MIB;
      try {
        await()
            .atMost(PATIENCE)
            .until(() -> server.open() == 64 && server.received() >= sent - 64 * PDU);
        // 64 buffers of 128 KB are the handler's own.
        assertThat(server.heap()).isLessThan(32 * MIB);
      } finally {
        release.countDown();
      }
      for (Future<Integer> status : statuses) {
        assertThat(status.get()).isZero();
      }
      assertThat(server.received()).isEqualTo(longFirst + longHeld + 63 * (2 * MIB + 64 * 1024));
    }
  }

  private static Callable<Integer> storing(
      ChildServer server, long first, long held, CountDownLatch release) {
    return () -> {
      try (StoreScu scu = open(server, UID.CTImageStorage, UID.ExplicitVRLittleEndian)) {
        return scu.store(
                UID.CTImageStorage,
                UID.generate(),
                UID.ExplicitVRLittleEndian,
                new Zeros(first, held, release))
            .status();
      }
    };
  }

  private static StoreScu open(ChildServer server, String sopClass, String transferSyntax)
      throws IOException {
    return StoreScu.open(
        server.remote(),
        "TEST",
        List.of(ProposedContext.of(sopClass, transferSyntax)),
        ScuOptions.DEFAULT);
  }
}
