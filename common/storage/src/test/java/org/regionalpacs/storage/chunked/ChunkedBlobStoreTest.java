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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobCollisionException;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.LocalBlobStore;

class ChunkedBlobStoreTest {
  private static final int BLOCK = 10_000;
  private static final ChunkingSettings SETTINGS = new ChunkingSettings(2 * BLOCK, BLOCK, 3, 4);
  private static final String NAME = "t/1.2/object.dcm";

  @TempDir Path folder;
  private Path archive;
  private ChunkedBlobStore store;

  @BeforeEach
  void start() {
    archive = folder.resolve("archive");
    store = open(SETTINGS);
  }

  private ChunkedBlobStore open(ChunkingSettings settings) {
    return ChunkedBlobStore.open(
        LocalBlobStore.open("local", archive), settings, folder.resolve("journals"));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private String put(byte[] content) throws IOException {
    return store.put(NAME, new ByteArrayInputStream(content), content.length).id();
  }

  private byte[] get(String id, long offset, long length) throws IOException {
    try (InputStream in = store.get(id, offset, length)) {
      return in.readAllBytes();
    }
  }

  private List<Path> files(String end) throws IOException {
    try (Stream<Path> all = Files.walk(archive)) {
      return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  private static InputStream failingAfter(byte[] content, int length) {
    return new SequenceInputStream(
        new ByteArrayInputStream(content, 0, length),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the sender went away");
          }
        });
  }

  @Test
  void givenSizesAroundTheThreshold_whenPut_thenOnlyLargerBlobsAreSplit() throws IOException {
    assertThat(put(bytes(2 * BLOCK))).isEqualTo(NAME);
    store.delete(NAME);

    byte[] content = bytes(2 * BLOCK + 1);
    String id = put(content);
    assertThat(id).isEqualTo(NAME + ".blocks");
    assertThat(files(".block")).hasSize(3);
    assertThat(get(id, 0, -1)).isEqualTo(content);
  }

  @Test
  void givenASplitBlob_whenARangeIsRead_thenOnlyItsBlocksAreTouched() throws IOException {
    byte[] content = bytes(5 * BLOCK);
    String id = put(content);
    List<Path> blocks = files(".block");
    Files.delete(blocks.get(0));
    Files.delete(blocks.get(3));
    Files.delete(blocks.get(4));

    assertThat(get(id, BLOCK, BLOCK)).isEqualTo(Arrays.copyOfRange(content, BLOCK, 2 * BLOCK));
    assertThat(get(id, BLOCK + 5, 2 * BLOCK - 5))
        .isEqualTo(Arrays.copyOfRange(content, BLOCK + 5, 3 * BLOCK));
  }

  @Test
  void givenABlockThatIsGone_whenRead_thenTheBlobIsCorruptAndNotMissing() throws IOException {
    String id = put(bytes(5 * BLOCK));
    Files.delete(files(".block").get(2));

    assertThatThrownBy(() -> get(id, 0, -1)).isInstanceOf(BlobCorruptException.class);
    assertThatThrownBy(() -> get(id, 2 * BLOCK, 1)).isInstanceOf(BlobCorruptException.class);
    assertThatThrownBy(() -> store.digest(id)).isInstanceOf(BlobCorruptException.class);
  }

  @Test
  void givenABlockThatChanged_whenAllOfItIsRead_thenTheBlobIsCorrupt() throws IOException {
    String id = put(bytes(5 * BLOCK));
    Files.write(files(".block").get(2), bytes(BLOCK - 1), java.nio.file.StandardOpenOption.APPEND);
    Files.write(files(".block").get(1), new byte[BLOCK]);

    assertThatThrownBy(() -> get(id, BLOCK, BLOCK)).isInstanceOf(BlobCorruptException.class);
    Files.write(files(".block").get(3), new byte[7]);
    assertThatThrownBy(() -> get(id, 3 * BLOCK, BLOCK)).isInstanceOf(IOException.class);
  }

  @Test
  void givenAManifestThatWasCut_whenRead_thenTheBlobIsCorrupt() throws IOException {
    String id = put(bytes(5 * BLOCK));
    byte[] text = Files.readAllBytes(archive.resolve(id));
    Files.write(archive.resolve(id), Arrays.copyOf(text, text.length - 20));

    assertThatThrownBy(() -> open(SETTINGS).get(id, 0, -1))
        .isInstanceOf(BlobCorruptException.class);
    assertThatThrownBy(() -> open(SETTINGS).stat(id)).isInstanceOf(BlobCorruptException.class);
    assertThatThrownBy(() -> open(SETTINGS).delete(id)).isInstanceOf(BlobCorruptException.class);
  }

  @Test
  void givenASplitBlob_whenDeleted_thenNothingIsLeftAndOtherReadersKnow() throws IOException {
    byte[] content = bytes(5 * BLOCK);
    String id = put(content);
    ChunkedBlobStore other = open(SETTINGS);
    other.get(id, 0, 1).close();
    store.delete(id);

    assertThat(files(".block")).isEmpty();
    assertThat(files(".blocks")).isEmpty();
    assertThatThrownBy(() -> other.get(id, 0, 1)).isInstanceOf(BlobMissingException.class);
    assertThat(other.stat(id)).isEmpty();

    // The same name with other content: what the other has kept is of no use.
    byte[] second = bytes(4 * BLOCK);
    put(second);
    try (InputStream in = other.get(id, 0, -1)) {
      assertThat(in.readAllBytes()).isEqualTo(second);
    }
  }

  @Test
  void givenADeleteThatBroke_whenRepeated_thenTheRestGoes() throws IOException {
    String id = put(bytes(5 * BLOCK));
    Files.delete(files(".block").get(0));
    Files.delete(files(".block").get(0));
    store.delete(id);

    assertThat(files(".block")).isEmpty();
    assertThat(files(".blocks")).isEmpty();
  }

  @Test
  void givenAPutThatBroke_whenRepeated_thenItGoesOnWithTheBlocksThatAreThere() throws IOException {
    byte[] content = bytes(5 * BLOCK);
    assertThatThrownBy(() -> store.put(NAME, failingAfter(content, 4 * BLOCK), content.length))
        .hasMessage("the sender went away");
    assertThat(store.stat(NAME + ".blocks")).isEmpty();
    List<Path> there = files(".block");
    assertThat(there).hasSizeBetween(1, 4);
    for (Path block : there) {
      Files.setLastModifiedTime(block, FileTime.fromMillis(0));
    }
    String id = open(SETTINGS).put(NAME, new ByteArrayInputStream(content), -1).id();

    assertThat(get(id, 0, -1)).isEqualTo(content);
    for (Path block : there) {
      assertThat(Files.getLastModifiedTime(block)).isEqualTo(FileTime.fromMillis(0));
    }
  }

  @Test
  void givenAPutThatBroke_whenRepeatedInOtherBlocksOrOtherContent_thenNoBlockIsTakenForAnother()
      throws IOException {
    byte[] content = bytes(4 * BLOCK + 2000);
    byte[] changed = content.clone();
    changed[BLOCK] ^= 1;
    put(content);
    Files.delete(archive.resolve(NAME + ".blocks"));
    // The last of five blocks, too, ends where the content does, and has the number 4.
    for (int block : new int[] {BLOCK, BLOCK + 300, BLOCK - 100}) {
      ChunkedBlobStore other = open(new ChunkingSettings(2 * BLOCK, block, 3, 4));
      String id = other.put(NAME, new ByteArrayInputStream(content), content.length).id();
      assertThat(other.get(id, 0, -1)).hasBinaryContent(content);
      Files.delete(archive.resolve(id));
      id = other.put(NAME, new ByteArrayInputStream(changed), content.length).id();
      assertThat(other.get(id, 0, -1)).hasBinaryContent(changed);
      Files.delete(archive.resolve(id));
    }
  }

  @Test
  void givenANameInUse_whenContentOfTheOtherKindIsPut_thenItIsRefused() throws IOException {
    put(bytes(5 * BLOCK));
    assertThatThrownBy(() -> put(bytes(10))).isInstanceOf(BlobCollisionException.class);
    assertThatThrownBy(() -> store.put(NAME, new ByteArrayInputStream(bytes(10)), -1))
        .isInstanceOf(BlobCollisionException.class);
    Path file = Files.write(folder.resolve("small"), bytes(10));
    assertThatThrownBy(() -> store.putFile(NAME, file)).isInstanceOf(BlobCollisionException.class);
    store.delete(NAME + ".blocks");

    put(bytes(10));
    assertThatThrownBy(() -> put(bytes(5 * BLOCK))).isInstanceOf(BlobCollisionException.class);
    assertThat(get(NAME, 0, -1)).isEqualTo(bytes(10));
  }

  @Test
  void givenContentThatIsOrIsntSplit_whenPutTheOtherWay_thenItIsTheSameBlob() throws IOException {
    byte[] between = bytes(BLOCK + 500);
    String plain = put(between);
    assertThat(store.put(NAME, new ByteArrayInputStream(between), -1).id()).isEqualTo(plain);

    String split = store.put("u", new ByteArrayInputStream(between), -1).id();
    assertThat(split).isEqualTo("u.blocks");
    assertThat(store.put("u", new ByteArrayInputStream(between), between.length).id())
        .isEqualTo(split);
    assertThat(store.putBytes("u", between, between.length).id()).isEqualTo(split);
    assertThat(store.putFile("u", Files.write(folder.resolve("f"), between)).id()).isEqualTo(split);
  }

  @Test
  void givenAFile_whenPut_thenLargeOnesAreSplitAndSmallOnesShareTheirBytes() throws IOException {
    Path small = Files.write(folder.resolve("small"), bytes(BLOCK));
    store.putFile("t/small", small);
    assertThat(Files.isSameFile(small, archive.resolve("t/small"))).isTrue();

    byte[] content = bytes(3 * BLOCK);
    String id = store.putFile(NAME, Files.write(folder.resolve("large"), content)).id();
    assertThat(id).endsWith(".blocks");
    assertThat(get(id, 0, -1)).isEqualTo(content);
  }

  @Test
  void givenASmallBlobNamedLikeAManifest_whenPut_thenItIsReadAsItIs() throws IOException {
    String id = store.put("t/a.blocks", new ByteArrayInputStream(bytes(10)), 10).id();
    assertThat(get(id, 0, -1)).isEqualTo(bytes(10));
  }

  @Test
  void givenTheLongestName_whenALargeBlobIsPut_thenItsBlocksHaveNamesToo() throws IOException {
    byte[] content = bytes(3 * BLOCK);
    String name = "a/b/c/d/e/" + "f".repeat(199);
    String first = store.put(name + "1", new ByteArrayInputStream(content), -1).id();
    String second = store.put(name + "2", new ByteArrayInputStream(bytes(5 * BLOCK)), -1).id();

    assertThat(first).isNotEqualTo(second);
    assertThat(get(first, 0, -1)).isEqualTo(content);
  }

  @Test
  void givenOneBuffer_whenManyPutAtOnce_thenAllEnd() throws Exception {
    ChunkedBlobStore narrow = open(new ChunkingSettings(BLOCK, BLOCK, 4, 1));
    List<Future<String>> puts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        int number = i;
        puts.add(
            threads.submit(() ->
                narrow.put("t/" + number, new ByteArrayInputStream(bytes(5 * BLOCK)), -1).id()));
      }
    }
    for (Future<String> put : puts) {
      assertThat(get(put.get(), 0, -1)).isEqualTo(bytes(5 * BLOCK));
    }
    // A put that fails gives its buffers back.
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> narrow.put("x", failingAfter(bytes(5 * BLOCK), 2 * BLOCK + 1), -1))
          .hasMessage("the sender went away");
    }
    narrow.put("x", new ByteArrayInputStream(bytes(BLOCK / 2)), -1);
  }
}
