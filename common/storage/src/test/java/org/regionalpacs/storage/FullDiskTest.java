package org.regionalpacs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.chunked.ChunkedBlobStore;
import org.regionalpacs.storage.chunked.ChunkingSettings;
import org.regionalpacs.storage.fastdfs.Cluster;

/** A disk without room, where this user may mount a small one. */
class FullDiskTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path folder;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "full", disk.toString());
    assumeTrue(mounted, "this user can't mount a small disk");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", "-l", disk.toString())).isTrue();
    }
  }

  private static boolean run(String... line) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void fill() throws IOException {
    try (var ballast = Files.newOutputStream(disk.resolve("ballast"))) {
      byte[] page = new byte[4096];
      while (disk.toFile().getUsableSpace() > 0) {
        ballast.write(page);
      }
    }
  }

  private static InputStream zeros(int length) {
    return new ByteArrayInputStream(new byte[length]);
  }

  @Test
  void givenALocalStoreWithoutRoom_whenPut_thenItIsFullAndNothingStays() throws IOException {
    LocalBlobStore store = LocalBlobStore.open("local", disk.resolve("store"));
    assertThatThrownBy(() -> store.put("t/large", zeros(2 * MEGABYTE), -1))
        .isInstanceOf(BlobStoreFullException.class);
    assertThat(store.stat("t/large")).isEmpty();

    store.put("t/small", zeros(1000), 1000);
    fill();
    assertThatThrownBy(() -> store.put("t/other", zeros(9000), 9000))
        .isInstanceOf(BlobStoreFullException.class);
    assertThat(store.stat("t/small")).isPresent();
  }

  @Test
  void givenTheSenderFails_whenPut_thenTheStoreIsNotFull() {
    LocalBlobStore store = LocalBlobStore.open("local", disk.resolve("store"));
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThatThrownBy(() -> store.put("t/1", failing, -1))
        .isNotInstanceOf(BlobStoreFullException.class);
  }

  @Test
  void givenASpoolWithoutRoom_whenPutToFastDfs_thenItIsFullAndTheNextPutIsWell()
      throws IOException {
    Files.createSymbolicLink(folder.resolve("spool"), disk);
    try (Cluster cluster = new Cluster(folder, 1, 1)) {
      assertThatThrownBy(() -> cluster.store.put("t/1", zeros(2 * MEGABYTE), 2 * MEGABYTE))
          .isInstanceOf(BlobStoreFullException.class);
      String id = cluster.store.put("t/1", zeros(MEGABYTE / 2), MEGABYTE / 2).id();
      assertThat(cluster.store.stat(id)).isPresent();
    }
  }

  @Test
  void givenNoRoomForJournals_whenALargeBlobIsPut_thenItIsFull() throws IOException {
    try (Cluster cluster = new Cluster(folder, 1, 1)) {
      ChunkedBlobStore store =
          ChunkedBlobStore.open(
              cluster.store, new ChunkingSettings(10_000, 10_000, 2, 4), disk.resolve("journals"));
      fill();
      assertThatThrownBy(() -> store.put("t/1", zeros(50_000), 50_000))
          .isInstanceOf(BlobStoreFullException.class);
      Files.delete(disk.resolve("ballast"));
      String id = store.put("t/1", zeros(50_000), 50_000).id();
      assertThat(store.stat(id)).isPresent();
    }
  }
}
