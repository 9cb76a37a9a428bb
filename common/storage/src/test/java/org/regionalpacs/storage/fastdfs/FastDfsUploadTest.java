package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.regionalpacs.storage.BlobStoreFullException;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Wire;

class FastDfsUploadTest extends OnACluster {
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

  /** The trackers name storages in turn to all that ask, so asking again may name the same. */
  @Test
  void givenAStorageThatFails_whenManyPutAtOnce_thenEachTriesTheOther() throws Exception {
    first.faults().always(Wire.UPLOAD, new Fault.Answer(5));
    List<Future<String>> puts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        puts.add(threads.submit(() -> put(bytes(1000))));
      }
    }
    for (Future<String> put : puts) {
      assertThat(sourceOf(put.get())).isSameAs(second);
    }
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
}
