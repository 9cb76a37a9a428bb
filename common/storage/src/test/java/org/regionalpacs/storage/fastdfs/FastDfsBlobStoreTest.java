package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStoreFullException;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.test.fastdfs.FakeStorage;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Wire;

class FastDfsBlobStoreTest {
  private static final int LARGE = 30_000_000;

  @TempDir Path folder;
  private Cluster cluster;
  private FastDfsBlobStore store;
  private FakeStorage first;
  private FakeStorage second;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(folder, 2, 2);
    store = cluster.store;
    first = cluster.servers.storage(0);
    second = cluster.servers.storage(1);
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private String put(byte[] content) throws IOException {
    return store.put("t/1.2/3.dcm", new ByteArrayInputStream(content), content.length).id();
  }

  private byte[] get(String id, long offset, long length) throws IOException {
    try (InputStream in = store.get(id, offset, length)) {
      return in.readAllBytes();
    }
  }

  private FakeStorage sourceOf(String id) {
    return FileId.parse(id).source().equals(first.address().getHostAddress()) ? first : second;
  }

  private FakeStorage otherThan(FakeStorage storage) {
    return storage == first ? second : first;
  }

  @Test
  void givenAName_whenPut_thenTheIdHasItsExtension() throws IOException {
    byte[] content = bytes(10);
    assertThat(put(content)).startsWith("group1/M00/").endsWith(".dcm");
    assertThat(store.put("t/series.json", new ByteArrayInputStream(content), 10).id())
        .endsWith(".json");
    assertThat(store.put("t/1.2.840", new ByteArrayInputStream(content), 10).id()).endsWith(".840");
    assertThat(store.put("no-extension", new ByteArrayInputStream(content), 10).id())
        .doesNotContain(".");
    assertThat(store.put("t/too.longext", new ByteArrayInputStream(content), 10).id())
        .doesNotContain(".");
  }

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

  private FastDfsBlobStore settledAfter(Duration age) {
    FastDfsProperties s = cluster.settings;
    return FastDfsBlobStore.open(
        "fastdfs",
        new FastDfsProperties(
            s.trackers(),
            s.group(),
            s.connectTimeout(),
            s.ioTimeout(),
            s.deadline(),
            s.minimumRate(),
            s.attempts(),
            s.pause(),
            age.minusSeconds(2),
            s.spool(),
            s.spoolLimit()),
        cluster.orphans,
        new SimpleMeterRegistry());
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
  void givenFullStorages_whenPut_thenTheErrorSaysFullAndNothingIsSuspected() throws IOException {
    first.full(true);
    String id = put(bytes(1000));
    assertThat(sourceOf(id)).isSameAs(second);
    second.full(true);

    assertThatThrownBy(() -> put(bytes(1000))).isInstanceOf(BlobStoreFullException.class);
    assertThat(get(id, 0, -1)).hasSize(1000);
    assertThat(cluster.orphans.latest()).isEmpty();
  }

  @Test
  void givenAStorageThatResetsLargeUploads_whenPut_thenTheTrackerIsAskedAgain() throws IOException {
    // A full one whose free space the tracker doesn't know yet: the rest of the upload isn't read.
    first.faults().always(Wire.UPLOAD, new Fault.Answer(28));
    byte[] content = bytes(LARGE);
    for (int i = 0; i < 2; i++) {
      String id = put(content);
      assertThat(sourceOf(id)).isSameAs(second);
    }
  }

  @Test
  void givenAStorageThatReadsNothing_whenALargeBlobIsPut_thenAnotherTakesIt() throws IOException {
    first.faults().always(Wire.UPLOAD, new Fault.HangUpload(1_000_000));
    byte[] content = bytes(LARGE);
    for (int i = 0; i < 2; i++) {
      assertThat(sourceOf(put(content))).isSameAs(second);
    }
    assertThat(cluster.orphans.latest())
        .isNotEmpty()
        .allMatch(orphan -> orphan.sent() < LARGE && orphan.size() == LARGE);
  }

  @Test
  void givenALostResponse_whenPut_thenItIsPutAgainAndTheFirstIsListed() throws IOException {
    first.faults().next(Wire.UPLOAD, new Fault.LoseResponse());
    second.faults().next(Wire.UPLOAD, new Fault.LoseResponse());
    byte[] content = bytes(1000);
    String id = put(content);

    assertThat(get(id, 0, -1)).isEqualTo(content);
    assertThat(first.files()).hasSize(3);
    assertThat(cluster.orphans.latest())
        .hasSize(2)
        .allMatch(orphan -> orphan.sent() == 1000 && orphan.answered().isEmpty())
        .allMatch(orphan -> orphan.name().equals("t/1.2/3.dcm"));
    assertThat(cluster.counted("pacs.fastdfs.possible.orphans")).isEqualTo(2);
    assertThat(cluster.counted("pacs.fastdfs.retries")).isEqualTo(2);
  }

  @Test
  void givenTheIdOfAnotherFile_whenPut_thenItIsNotBelievedListedAndNotDeleted() throws IOException {
    first.faults().next(Wire.UPLOAD, new Fault.WrongId());
    second.faults().next(Wire.UPLOAD, new Fault.WrongId());
    byte[] content = bytes(1000);
    String id = put(content);

    assertThat(get(id, 0, -1)).isEqualTo(content);
    assertThat(first.files()).hasSize(3);
    assertThat(cluster.counted("pacs.fastdfs.wrong.ids")).isEqualTo(2);
    assertThat(cluster.orphans.latest()).allMatch(orphan -> orphan.answered().isPresent());
    assertThat(cluster.orphans.latest()).hasSize(2);
  }

  @Test
  void givenAContentThatFails_whenPut_thenItsOwnErrorComesAndNoStorageIsAsked() throws IOException {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the sender went away");
          }
        };
    assertThatThrownBy(() -> store.put("a", failing, -1)).hasMessage("the sender went away");
    assertThatThrownBy(() -> store.putFile("a", folder.resolve("absent")))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(BlobStoreUnreachableException.class);
    assertThat(first.connections() + second.connections()).isZero();
  }

  @Test
  void givenAFileThatShrinks_whenUploaded_thenItIsNotTheClustersFault() throws IOException {
    Source shrunk =
        new Source.OnDisk(Files.write(folder.resolve("shrunk"), bytes(10)), 11, new byte[3]);
    Uploader uploader =
        new Uploader(
            "fastdfs",
            cluster.settings,
            new Trackers(cluster.settings.trackerAddresses()),
            new Retries("fastdfs", cluster.settings, new FastDfsMetrics(cluster.meters)),
            cluster.orphans,
            new FastDfsMetrics(cluster.meters));

    assertThatThrownBy(() -> uploader.upload("a", shrunk)).isInstanceOf(java.io.EOFException.class);
    assertThat(cluster.counted("pacs.fastdfs.possible.orphans")).isZero();
    assertThat(first.files()).isEmpty();
  }

  @Test
  void givenAStreamOfUnknownLength_whenPut_thenItIsSpooledWithinABound() throws IOException {
    byte[] content = bytes(LARGE);
    String id = store.put("a", new ByteArrayInputStream(content), -1).id();
    assertThat(get(id, 0, -1)).isEqualTo(content);

    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 7;
          }
        };
    assertThatThrownBy(() -> store.put("a", endless, -1))
        .isInstanceOf(BlobStoreFullException.class);
    assertThat(cluster.settings.spool()).isEmptyDirectory();
    // What was spooled no longer counts.
    assertThat(store.put("a", new ByteArrayInputStream(content), -1).size()).isEqualTo(LARGE);
  }

  @Test
  void givenLeftoversOfACrashInTheSpool_whenOpened_thenOldOnesGo() throws IOException {
    Path old = Files.writeString(cluster.settings.spool().resolve("old.spool"), "");
    Path young = Files.writeString(cluster.settings.spool().resolve("young.spool"), "");
    Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.fromMillis(0));
    settledAfter(Duration.ZERO);

    assertThat(old).doesNotExist();
    assertThat(young).exists();
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
        .atMost(Duration.ofSeconds(5))
        .until(() -> first.openConnections() + second.openConnections() == 0);
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
        .atMost(Duration.ofSeconds(5))
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

    assertThatThrownBy(() -> result.get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
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
