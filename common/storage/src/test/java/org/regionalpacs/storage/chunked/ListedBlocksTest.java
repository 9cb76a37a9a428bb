package org.regionalpacs.storage.chunked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.fastdfs.Cluster;
import org.regionalpacs.test.fastdfs.FakeStorage;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Wire;

/** A list of blocks is kept twice: as a small blob, and beside the blob's id. */
class ListedBlocksTest {
  private static final int BLOCK = 50_000;
  private static final int SIZE = 3 * BLOCK + 17;

  @TempDir Path folder;
  private final Map<String, String> lists = new ConcurrentHashMap<>();
  private final byte[] content = new byte[SIZE];
  private Cluster cluster;
  private FakeStorage storage;
  private String id;

  @BeforeEach
  void put() throws IOException {
    new Random(7).nextBytes(content);
    cluster = new Cluster(folder, 1, 1);
    storage = cluster.servers.storage(0);
    ChunkedBlobStore store = store();
    id = store.put("t/1.dcm", new ByteArrayInputStream(content), SIZE).id();
    // Without asking the cluster: it was just stored.
    storage.faults().always(Wire.DOWNLOAD, new Fault.Answer(5));
    lists.put(id, store.blockList(id).orElseThrow());
    storage.faults().heal();
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  /** As after a restart: nothing is in the heap. */
  private ChunkedBlobStore store() {
    return ChunkedBlobStore.open(
        cluster.store,
        new ChunkingSettings(BLOCK, BLOCK, 2, 4),
        folder.resolve("journals"),
        new BlockListSource() {
          @Override
          public Optional<String> find(String blobId) {
            return Optional.ofNullable(lists.get(blobId));
          }

          @Override
          public boolean names(Collection<String> blockIds) {
            return false;
          }
        });
  }

  private byte[] read() throws IOException {
    try (InputStream in = store().get(id, 0, -1)) {
      return in.readAllBytes();
    }
  }

  @Test
  void givenTheListIsBesideTheId_whenRead_thenItsBlobIsNotAskedFor() throws IOException {
    int before = storage.connections();
    try (InputStream in = store().get(id, 10, 5)) {
      assertThat(in.readAllBytes()).hasSize(5);
    }
    assertThat(storage.connections() - before).isEqualTo(1);
  }

  @Test
  void givenItsBlobIsLost_whenUsed_thenTheListBesideTheIdServes() throws IOException {
    Files.delete(storage.file(id));

    assertThat(read()).isEqualTo(content);
    assertThat(store().stat(id).orElseThrow().size()).isEqualTo(SIZE);
    assertThat(store().blockList(id)).contains(lists.get(id));
    store().delete(id);
    assertThat(storage.files()).isEmpty();
    assertThat(store().stat(id)).isEmpty();
  }

  @Test
  void givenItsBlobIsDamaged_whenDeleted_thenNoBlockStays() throws IOException {
    Files.writeString(storage.file(id), "x".repeat((int) Files.size(storage.file(id))));
    store().delete(id);
    assertThat(storage.files()).isEmpty();
  }

  @Test
  void givenTheListBesideTheIdIsLostOrDamaged_whenUsed_thenItsBlobServes() throws IOException {
    for (Map<String, String> left : java.util.List.of(Map.<String, String>of(), Map.of(id, "x"))) {
      lists.clear();
      lists.putAll(left);
      assertThat(read()).isEqualTo(content);
      assertThat(store().stat(id).orElseThrow().size()).isEqualTo(SIZE);
    }
    store().delete(id);
    assertThat(storage.files()).isEmpty();
  }

  @Test
  void givenTheBlobIsDeletedAndStillListed_whenRead_thenItIsMissing() throws IOException {
    store().delete(id);
    assertThatThrownBy(this::read).isInstanceOf(BlobMissingException.class);
    assertThat(store().stat(id)).isEmpty();
    store().delete(id);
  }

  @Test
  void givenABlobInOnePiece_thenItHasNoList() throws IOException {
    String small = store().put("t/2.dcm", new ByteArrayInputStream(content, 0, 9), 9).id();
    assertThat(store().blockList(small)).isEmpty();
  }
}
