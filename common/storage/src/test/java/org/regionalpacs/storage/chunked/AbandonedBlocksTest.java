package org.regionalpacs.storage.chunked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

/** Blocks of uploads that nobody goes on with. */
class AbandonedBlocksTest {
  private static final int BLOCK = 50_000;
  private static final Duration AGE = Duration.ofDays(1);
  private static final String NAME = "t/1.dcm";

  @TempDir Path folder;
  private Cluster cluster;
  private FakeStorage storage;
  private ChunkedBlobStore store;
  private Optional<Boolean> inUse = Optional.of(false);

  @BeforeEach
  void breakAPut() throws IOException {
    cluster = new Cluster(folder, 1, 1);
    storage = cluster.servers.storage(0);
    store =
        ChunkedBlobStore.open(
            cluster.store,
            new ChunkingSettings(BLOCK, BLOCK, 2, 4),
            folder.resolve("journals"),
            new BlockListSource() {
              @Override
              public Optional<String> find(String blobId) {
                return Optional.empty();
              }

              @Override
              public boolean names(Collection<String> blockIds) throws IOException {
                assertThat(blockIds).hasSize(3);
                return inUse.orElseThrow(() -> new IOException("the database is away"));
              }
            });
    assertThatThrownBy(() -> store.put(NAME, failingAt(3 * BLOCK), 9L * BLOCK))
        .hasMessage("the sender went away");
    assertThat(storage.files()).hasSize(3);
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  private static InputStream failingAt(int bytes) {
    return new SequenceInputStream(
        new ByteArrayInputStream(new byte[bytes]),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the sender went away");
          }
        });
  }

  private List<Path> journals() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("journals"))) {
      return files.toList();
    }
  }

  private void age() throws IOException {
    for (Path journal : journals()) {
      Files.setLastModifiedTime(journal, FileTime.from(Instant.now().minus(AGE).minusSeconds(60)));
    }
  }

  @Test
  void givenABrokenUpload_whenItIsOld_thenItsBlocksAndItsJournalGo() throws IOException {
    assertThat(store.deleteAbandoned(AGE)).isZero();
    assertThat(storage.files()).hasSize(3);

    age();
    assertThat(store.deleteAbandoned(AGE)).isEqualTo(1);
    assertThat(storage.files()).isEmpty();
    assertThat(journals()).isEmpty();
  }

  @Test
  void givenBlocksThatAListNames_whenCleaned_thenTheyStayAndTheJournalGoes() throws IOException {
    age();
    inUse = Optional.of(true);
    store.deleteAbandoned(AGE);

    assertThat(storage.files()).hasSize(3);
    assertThat(journals()).isEmpty();
  }

  @Test
  void givenNobodyCanTellOrTheStoreIsAway_whenCleaned_thenItIsDoneLater() throws IOException {
    age();
    inUse = Optional.empty();
    assertThatThrownBy(() -> store.deleteAbandoned(AGE)).hasMessage("the database is away");
    assertThat(storage.files()).hasSize(3);

    inUse = Optional.of(false);
    storage.faults().always(Wire.DELETE, new Fault.Answer(5));
    storage.faults().always(Wire.UPLOAD, new Fault.Answer(5));
    assertThatThrownBy(() -> store.deleteAbandoned(AGE))
        .isInstanceOf(BlobStoreUnreachableException.class);
    assertThat(journals()).hasSize(1);

    storage.faults().heal();
    age();
    assertThat(store.deleteAbandoned(AGE)).isEqualTo(1);
    assertThat(storage.files()).isEmpty();
  }

  @Test
  void givenAPutThatGoesOn_whenCleaned_thenItKeepsItsBlocks() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cleaned = new CountDownLatch(1);
    InputStream slow =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[3 * BLOCK]),
            new InputStream() {
              private boolean done;

              @Override
              public int read() throws IOException {
                begun.countDown();
                try {
                  assertThat(cleaned.await(1, TimeUnit.MINUTES)).isTrue();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                int next = done ? -1 : 0;
                done = true;
                return next;
              }
            });
    StringBuffer id = new StringBuffer();
    Thread put =
        Thread.ofVirtual()
            .start(() -> {
              try {
                id.append(store.put(NAME, slow, 3L * BLOCK + 1).id());
              } catch (IOException e) {
                id.append(e);
              }
            });
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    age();
    assertThat(store.deleteAbandoned(AGE)).isZero();
    cleaned.countDown();
    assertThat(put.join(Duration.ofMinutes(1))).isTrue();

    try (InputStream in = store.get(id.toString(), 0, -1)) {
      assertThat(in.readAllBytes()).isEqualTo(new byte[3 * BLOCK + 1]);
    }
    assertThat(journals()).isEmpty();
  }

  @Test
  void givenTheCleaning_whenTimeHasPassed_thenNobodyHasToAsk() throws IOException {
    age();
    try (BlockCleaning _ = new BlockCleaning(store, Duration.ofMillis(50))) {
      Awaitility.await().until(() -> storage.files().isEmpty() && journals().isEmpty());
    }
  }
}
