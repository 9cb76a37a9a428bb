package org.regionalpacs.storage.chunked;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStore.StoredBlob;
import org.regionalpacs.storage.LocalBlobStore;
import org.regionalpacs.storage.fastdfs.Cluster;

/** Blobs that don't fit in the heap. */
class LargeBlobTest {
  private static final int MEGABYTE = 1 << 20;
  private static final long MOST_HEAP = 150L * MEGABYTE;

  @TempDir Path folder;

  @Test
  void givenABlobOf200Megabytes_whenPutAndRead_thenTheHeapIsFlat() throws IOException {
    putAndRead(LocalBlobStore.open("local", folder.resolve("archive")), 200L * MEGABYTE + 17);
  }

  @Test
  void givenABlobOf512Megabytes_whenPutToFastDfsAndRead_thenTheHeapIsFlat() throws IOException {
    try (Cluster cluster = new Cluster(folder, 1, 1)) {
      putAndRead(cluster.store, 512L * MEGABYTE + 17);
    }
  }

  @Test
  @Tag("long")
  void givenABlobOf5Gigabytes_whenPutToFastDfsAndRead_thenTheHeapIsFlat() throws IOException {
    try (Cluster cluster = new Cluster(folder, 1, 1)) {
      putAndRead(cluster.store, 5L * 1024 * MEGABYTE + 17);
    }
  }

  private void putAndRead(BlobStore parts, long size) throws IOException {
    ChunkedBlobStore store =
        ChunkedBlobStore.open(
            parts,
            new ChunkingSettings(16 * MEGABYTE, 8 * MEGABYTE, 4, 8),
            folder.resolve("journals"));
    Generated content = new Generated(size);
    StoredBlob blob = store.put("t/large", content, -1);

    assertThat(blob.size()).isEqualTo(size);
    assertThat(content.mostHeap).isLessThan(MOST_HEAP);
    try (InputStream in = store.get(blob.id(), size - 3L * MEGABYTE, -1)) {
      assertThat(in.readAllBytes()).isEqualTo(content.part(size - 3L * MEGABYTE, 3 * MEGABYTE));
    }
    try (InputStream in = store.get(blob.id(), 0, -1)) {
      long read = 0;
      for (byte[] part = in.readNBytes(MEGABYTE); part.length > 0; part = in.readNBytes(MEGABYTE)) {
        assertThat(part).isEqualTo(content.part(read, part.length));
        read += part.length;
      }
      assertThat(read).isEqualTo(size);
    }
    store.delete(blob.id());
  }

  /** Bytes that follow from their place; looks at the heap now and then. */
  private static final class Generated extends InputStream {
    private static final long BETWEEN_LOOKS = 64L * MEGABYTE;

    private final long size;
    private long done;
    private long nextLook;
    private long mostHeap;

    Generated(long size) {
      this.size = size;
    }

    byte[] part(long from, int length) {
      byte[] bytes = new byte[length];
      fill(bytes, 0, length, from);
      return bytes;
    }

    private static void fill(byte[] to, int at, int length, long from) {
      for (int i = 0; i < length; i++) {
        long place = from + i;
        to[at + i] = (byte) (place ^ place >>> 8 ^ place >>> 20);
      }
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int at, int wanted) {
      if (done >= nextLook) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        mostHeap = Math.max(mostHeap, runtime.totalMemory() - runtime.freeMemory());
        nextLook += BETWEEN_LOOKS;
      }
      if (done == size) {
        return -1;
      }
      int count = (int) Math.min(wanted, size - done);
      fill(to, at, count, done);
      done += count;
      return count;
    }
  }
}
