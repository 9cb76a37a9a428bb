package org.regionalpacs.storage.chunked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.storage.fastdfs.Cluster;
import org.regionalpacs.test.fastdfs.FakeStorage;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Wire;

class ChunkedFastDfsTest {
  private static final int BLOCK = 100_000;
  private static final ChunkingSettings SETTINGS = new ChunkingSettings(BLOCK, BLOCK, 2, 4);
  private static final String NAME = "t/1.2/object.dcm";

  @TempDir Path folder;
  private Path journals;
  private Cluster cluster;
  private FakeStorage storage;

  @BeforeEach
  void start() throws IOException {
    journals = folder.resolve("journals");
    cluster = new Cluster(folder, 1, 1);
    storage = cluster.servers.storage(0);
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  /** As after a restart: nothing is in the heap. */
  private ChunkedBlobStore store() {
    return ChunkedBlobStore.open(cluster.store, SETTINGS, journals);
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[7 * BLOCK];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private String put(byte[] content) throws IOException {
    return store().put(NAME, new ByteArrayInputStream(content), content.length).id();
  }

  private byte[] get(String id) throws IOException {
    try (InputStream in = store().get(id, 0, -1)) {
      return in.readAllBytes();
    }
  }

  private void breakAPut(byte[] content) {
    InputStream failing =
        new SequenceInputStream(
            new ByteArrayInputStream(content, 0, 5 * BLOCK + 5),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the sender went away");
              }
            });
    assertThatThrownBy(() -> store().put(NAME, failing, content.length))
        .hasMessage("the sender went away");
  }

  private List<Path> journaled() throws IOException {
    try (Stream<Path> files = Files.list(journals)) {
      return files.toList();
    }
  }

  @Test
  void givenALargeBlob_whenPut_thenItsIdIsTheManifestsAndNoJournalStays() throws IOException {
    byte[] content = bytes(1);
    String id = put(content);

    assertThat(id).startsWith("group1/").endsWith(".blocks");
    assertThat(storage.files()).hasSize(8);
    assertThat(get(id)).isEqualTo(content);
    assertThat(journaled()).isEmpty();
    store().delete(id);
    assertThat(storage.files()).isEmpty();
  }

  @Test
  void givenAPutThatBroke_whenRepeatedAfterARestart_thenNoBlockIsUploadedTwice()
      throws IOException {
    byte[] content = bytes(1);
    breakAPut(content);
    assertThat(storage.files()).hasSize(5);
    assertThat(journaled()).hasSize(1);
    // The crash cut the last line.
    Files.writeString(journaled().getFirst(), "5 0123", StandardOpenOption.APPEND);
    List<String> before = storage.files();
    String id = put(content);

    assertThat(get(id)).isEqualTo(content);
    assertThat(storage.files()).hasSize(8).containsAll(before);
    assertThat(journaled()).isEmpty();
  }

  @Test
  void givenAPutThatBroke_whenOtherContentIsPut_thenBlocksThatNobodyUsesGo() throws IOException {
    breakAPut(bytes(1));
    byte[] other = bytes(2);
    String id = put(other);

    assertThat(get(id)).isEqualTo(other);
    assertThat(storage.files()).hasSize(8);
  }

  @Test
  void givenAPutThatBroke_whenABlockIsGoneSince_thenItIsUploadedAgain() throws IOException {
    byte[] content = bytes(1);
    breakAPut(content);
    store().delete(storage.files().getFirst());
    String id = put(content);

    assertThat(get(id)).isEqualTo(content);
    assertThat(storage.files()).hasSize(8);
  }

  @Test
  void givenPutsOfOneContentAtOnce_whenOneIsDeleted_thenTheOthersStay() throws Exception {
    byte[] content = bytes(1);
    breakAPut(content);
    List<Future<String>> puts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        puts.add(threads.submit(() -> put(content)));
      }
    }
    store().delete(puts.getFirst().get());
    for (Future<String> put : puts.subList(1, 4)) {
      assertThat(get(put.get())).isEqualTo(content);
    }
  }

  @Test
  void givenAClusterThatFailsForAWhile_whenRepeated_thenTheBlobIsWhole() throws IOException {
    byte[] content = bytes(1);
    storage.faults().next(Wire.UPLOAD, new Fault.DropUpload(50_000), 12);
    assertThatThrownBy(() -> put(content)).isInstanceOf(BlobStoreUnreachableException.class);
    storage.faults().heal();
    storage.faults().next(Wire.UPLOAD, new Fault.LoseResponse());
    storage.faults().next(Wire.UPLOAD, new Fault.WrongId());

    assertThat(get(put(content))).isEqualTo(content);
  }

  @Test
  void givenAStorageThatIsKilled_whenRead_thenTheReaderGetsAllAfterItsReturn() throws IOException {
    byte[] content = bytes(1);
    String id = put(content);
    try (InputStream in = store().get(id, 0, -1)) {
      in.readNBytes(BLOCK / 2);
      storage.restart();
      assertThat(in.readAllBytes()).hasSize(7 * BLOCK - BLOCK / 2);
    }
  }

  @Test
  void givenAReader_whenItIsInOneBlock_thenTheNextIsUnderWay() throws IOException {
    int large = 16_000_000;
    ChunkedBlobStore wide =
        ChunkedBlobStore.open(
            cluster.store, new ChunkingSettings(large, large, 1, 1), folder.resolve("wide"));
    String id = wide.put(NAME, new ByteArrayInputStream(new byte[2 * large]), 2L * large).id();

    try (InputStream in = wide.get(id, 0, -1)) {
      in.read();
      Awaitility.await().until(() -> storage.openConnections() == 2);
    }
    Awaitility.await().until(() -> storage.openConnections() == 0);
    // A range inside one block opens no other.
    try (InputStream in = wide.get(id, 0, large)) {
      in.read();
      assertThat(storage.openConnections()).isEqualTo(1);
    }
  }
}
