package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.test.fastdfs.FakeStorage;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Faults;
import org.regionalpacs.test.fastdfs.Wire;

class FastDfsBlobStoreTest extends OnACluster {
  @Test
  void givenAnEmptyBlob_whenReadAndDeleted_thenItIsThereUntilThen() throws IOException {
    String id = put(new byte[0]);
    assertThat(get(id, 0, -1)).isEmpty();
    store.delete(id);
    assertThatThrownBy(() -> get(id, 0, -1)).isInstanceOf(BlobMissingException.class);
  }

  @Test
  void givenAReplicaThatIsBehind_whenTheSourceIsDown_thenNobodySaysThatTheBlobIsMissing()
      throws IOException {
    cluster.servers.pauseReplication("group1");
    byte[] content = bytes(1000);
    String id = put(content);
    sourceOf(id).kill();

    assertThatThrownBy(() -> get(id, 0, -1)).isInstanceOf(BlobStoreUnreachableException.class);
    assertThatThrownBy(() -> store.stat(id)).isInstanceOf(BlobStoreUnreachableException.class);
    assertThatThrownBy(() -> store.delete(id)).isInstanceOf(BlobStoreUnreachableException.class);

    sourceOf(id).restart();
    assertThat(get(id, 0, -1)).isEqualTo(content);
    store.delete(id);
    assertThat(store.stat(id)).isEmpty();
  }

  @Test
  void givenAReplicaThatIsBehind_whenTheSourceAnswers_thenItServes() throws IOException {
    cluster.servers.pauseReplication("group1");
    byte[] content = bytes(1000);
    String id = put(content);

    for (int i = 0; i < 10; i++) {
      assertThat(get(id, 0, -1)).isEqualTo(content);
      assertThat(store.stat(id)).isPresent();
    }
  }

  @Test
  void givenNoActiveStorage_whenAsked_thenTheTrackersWordIsNoProof() throws IOException {
    String id = put(bytes(1000));
    first.kill();
    second.kill();

    assertThatThrownBy(() -> store.stat(id)).isInstanceOf(BlobStoreUnreachableException.class);
    assertThatThrownBy(() -> store.delete(id)).isInstanceOf(BlobStoreUnreachableException.class);
    assertThatThrownBy(() -> put(bytes(10))).isInstanceOf(BlobStoreUnreachableException.class);
    assertThat(cluster.orphans.latest()).isEmpty();
  }

  @Test
  void givenAnOldFile_whenItsSourceIsGoneForGood_thenTheOthersCanProveItsAbsence()
      throws IOException {
    String id = put(bytes(1000));
    store.delete(id);
    sourceOf(id).kill();
    assertThatThrownBy(() -> store.stat(id)).isInstanceOf(BlobStoreUnreachableException.class);

    assertThat(settledAfter(Duration.ZERO).stat(id)).isEmpty();
  }

  @Test
  void givenADeadTracker_whenUsed_thenTheOtherAnswers() throws IOException {
    cluster.servers.tracker(0).kill();
    String id = put(bytes(1000));
    assertThat(get(id, 0, -1)).hasSize(1000);

    cluster.servers.tracker(1).kill();
    assertThatThrownBy(() -> put(bytes(10))).isInstanceOf(BlobStoreUnreachableException.class);
    cluster.servers.tracker(0).restart();
    assertThat(get(id, 0, -1)).hasSize(1000);
  }

  @Test
  void givenDownloadsThatBreakOff_whenRead_thenTheyAreResumedAtTheByteReached() throws IOException {
    byte[] content = bytes(1_000_000);
    String id = put(content);
    for (FakeStorage storage : List.of(first, second)) {
      storage.faults().next(Wire.DOWNLOAD, new Fault.TruncateDownload(100_000), 4);
    }
    assertThat(get(id, 1, -1)).isEqualTo(Arrays.copyOfRange(content, 1, content.length));
    assertThat(get(id, 5, 300_000)).isEqualTo(Arrays.copyOfRange(content, 5, 300_005));
  }

  @Test
  void givenAClusterThatHangs_whenRead_thenTheReaderWaitsForTheReadDeadlineOnly()
      throws IOException {
    String id = put(bytes(1000));
    FastDfsBlobStore hasty = hastyReaders(Duration.ofMillis(900));
    List<Runnable> hangs =
        List.of(
            () -> hang(first.faults(), Wire.DOWNLOAD),
            () -> hang(cluster.servers.tracker(0).faults(), Wire.FETCH_ALL));
    for (Runnable hang : hangs) {
      hang.run();
      hang(second.faults(), Wire.DOWNLOAD);
      hang(cluster.servers.tracker(1).faults(), Wire.FETCH_ALL);

      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () ->
              assertThatThrownBy(() -> hasty.get(id, 0, -1))
                  .isInstanceOf(BlobStoreUnreachableException.class));
      cluster.servers.heal();
    }
    assertThat(get(id, 0, -1)).hasSize(1000);
  }

  private static void hang(Faults faults, int command) {
    faults.always(command, new Fault.Hang());
  }

  @Test
  void givenOneOfTwoStoragesHangs_whenRead_thenTheOtherServesWithinTheReadDeadline()
      throws IOException {
    byte[] content = bytes(1000);
    String id = put(content);
    hang(first.faults(), Wire.DOWNLOAD);
    FastDfsBlobStore hasty = hastyReaders(Duration.ofSeconds(6));

    for (int i = 0; i < 3; i++) {
      try (InputStream in = hasty.get(id, 0, -1)) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
    }
  }

  /**
   * Six storages in a row fall silent, each after some bytes: longer than the deadline together.
   */
  @Test
  void givenATransferThatStumblesOnAndOn_whenRead_thenTheReadDeadlineDoesNotCutIt()
      throws IOException {
    Duration deadline = Duration.ofSeconds(3);
    byte[] content = bytes(1_000_000);
    String id = put(content);
    for (FakeStorage storage : List.of(first, second)) {
      storage.faults().next(Wire.DOWNLOAD, new Fault.HangDownload(50_000), 3);
    }
    long begin = System.nanoTime();

    try (InputStream in = hastyReaders(deadline).get(id, 0, -1)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(deadline);
  }

  @Test
  void givenAStorageKilledWhileRead_whenItReturns_thenTheReaderGetsTheRest() throws IOException {
    byte[] content = bytes(LARGE);
    String id = put(content);
    try (InputStream in = store.get(id, 0, -1)) {
      assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
      first.restart();
      second.restart();
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 10, LARGE));
    }
  }

  @Test
  void givenAChangedByte_whenAllIsRead_thenTheLastBytesAreWithheld() throws IOException {
    String id = put(bytes(1000));
    for (FakeStorage storage : List.of(first, second)) {
      storage.faults().always(Wire.DOWNLOAD, new Fault.CorruptDownload());
    }
    try (InputStream in = store.get(id, 0, -1)) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(BlobCorruptException.class);
      assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    }
  }

  @Test
  void givenAFileThatWasCutOnDisk_whenReadOrAsked_thenItIsCorrupt() throws IOException {
    String id = put(bytes(1000));
    for (FakeStorage storage : List.of(first, second)) {
      Files.write(storage.file(id), bytes(999));
    }
    assertThatThrownBy(() -> get(id, 0, -1)).isInstanceOf(BlobCorruptException.class);
    assertThatThrownBy(() -> get(id, 999, 1)).isInstanceOf(BlobCorruptException.class);
    assertThatThrownBy(() -> store.stat(id)).isInstanceOf(BlobCorruptException.class);
  }

  @Test
  void givenAReaderThatCloses_whenMoreWasToCome_thenTheConnectionEnds() throws IOException {
    String id = put(bytes(LARGE));
    InputStream in = store.get(id, 0, -1);
    in.read();
    in.close();

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> first.openConnections() + second.openConnections() == 0);
  }

  @Test
  void givenAReaderThatStaysAway_whenItComesBack_thenItsConnectionWasFreeAndItGetsTheRest()
      throws IOException {
    byte[] content = bytes(LARGE);
    String id = put(content);
    FastDfsMetrics metrics = new FastDfsMetrics(cluster.meters);
    FastDfsBlobStore.Reading reading =
        new FastDfsBlobStore.Reading(
            "fastdfs",
            cluster.settings,
            new Attempts(cluster.settings),
            new Retries("fastdfs", cluster.settings, metrics),
            new Replicas(
                "fastdfs", cluster.settings, new Trackers(cluster.settings.trackerAddresses())),
            metrics,
            Duration.ofMillis(50));
    try (InputStream in = new DownloadStream(reading, FileId.parse(id), 0, LARGE)) {
      assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> first.openConnections() + second.openConnections() == 0);
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 10, LARGE));
    }
    assertThat(cluster.meters.find("pacs.fastdfs.retries").counters()).isEmpty();
  }

  @Test
  void givenAnOperation_whenItEnds_thenNoConnectionIsLeft() throws IOException {
    String id = put(bytes(1000));
    get(id, 0, -1);
    store.stat(id);
    store.delete(id);
    first.faults().always(Wire.UPLOAD, new Fault.Hang());
    second.faults().always(Wire.UPLOAD, new Fault.Hang());
    assertThatThrownBy(() -> put(bytes(10))).isInstanceOf(BlobStoreUnreachableException.class);
    cluster.servers.heal();

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> first.openConnections() + second.openConnections() == 0);
  }

  @Test
  void givenAnInterrupt_whenAnOperationWaits_thenItEnds() throws Exception {
    first.faults().always(Wire.UPLOAD, new Fault.Hang());
    second.faults().always(Wire.UPLOAD, new Fault.Hang());
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                result.complete(put(bytes(10)));
              } catch (IOException e) {
                result.completeExceptionally(e);
              }
            });
    Awaitility.await().until(() -> first.openConnections() + second.openConnections() > 0);
    caller.interrupt();

    assertThatThrownBy(() -> result.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void givenNothingFailed_thenWhatAlarmsWatchIsThereToGrow() {
    for (String operation : List.of("put", "get", "stat", "delete")) {
      for (String outcome : List.of("unreachable", "full", "corrupt")) {
        assertThat(count(operation, outcome)).isZero();
      }
    }
  }

  @Test
  void givenOperations_whenCounted_thenByOutcome() throws IOException {
    String id = put(bytes(1000));
    get(id, 100, 50);
    store.delete(id);
    assertThatThrownBy(() -> get(id, 0, 1)).isInstanceOf(BlobMissingException.class);

    assertThat(count("put", "done")).isEqualTo(1);
    assertThat(count("get", "done")).isEqualTo(1);
    assertThat(count("get", "missing")).isEqualTo(1);
    assertThat(count("delete", "done")).isEqualTo(1);
    assertThat(cluster.counted("pacs.fastdfs.bytes")).isEqualTo(1050);
  }

  private long count(String operation, String outcome) {
    return cluster
        .meters
        .get("pacs.fastdfs.operations")
        .tags("operation", operation, "outcome", outcome)
        .timer()
        .count();
  }
}
