package org.regionalpacs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.storage.BlobStore.StoredBlob;

/** What {@link BlobStore} promises. Every store's test extends this. */
public abstract class BlobStoreContract extends BlobReadingContract {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 3_000_001})
  void givenContent_whenPut_thenItIsReadBack(int length) throws IOException {
    byte[] content = bytes(length, 1);
    StoredBlob stored = store().put(name(), new ByteArrayInputStream(content), length);

    assertThat(stored.size()).isEqualTo(length);
    assertThat(read(stored.id(), 0, -1)).isEqualTo(content);
    assertThat(store().stat(stored.id())).contains(stored);
  }

  @Test
  void givenUnknownLength_whenPut_thenItIsReadBack() throws IOException {
    byte[] content = bytes(300_000, 2);
    StoredBlob stored = store().put(name(), new ByteArrayInputStream(content), -1);

    assertThat(stored.size()).isEqualTo(content.length);
    assertThat(read(stored.id(), 0, -1)).isEqualTo(content);
  }

  @Test
  void givenAFile_whenPut_thenItIsReadBackAndTheFileStays() throws IOException {
    byte[] content = bytes(300_000, 3);
    Path file = Files.write(files.resolve("source"), content);
    StoredBlob stored = store().putFile(name(), file);

    assertThat(stored.size()).isEqualTo(content.length);
    assertThat(read(stored.id(), 0, -1)).isEqualTo(content);
    assertThat(file).hasBinaryContent(content);
    Files.delete(file);
    assertThat(read(stored.id(), 0, -1)).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 300_000})
  void givenAFileAndATail_whenPut_thenTheyAreOneBlob(int length) throws IOException {
    byte[] content = bytes(length, 22);
    Path file = Files.write(files.resolve("source"), Arrays.copyOf(content, length - 7));
    byte[] tail = Arrays.copyOfRange(content, length - 7, length);
    StoredBlob stored = store().putFile(name(), file, tail);

    assertThat(stored.size()).isEqualTo(length);
    assertThat(read(stored.id(), 0, -1)).isEqualTo(content);
    assertThat(file).hasSize(length - 7);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 299_999})
  void givenTheFirstBytesOfAnArray_whenPut_thenTheyAreTheBlob(int length) throws IOException {
    byte[] content = bytes(300_000, 23);
    StoredBlob stored = store().putBytes(name(), content, length);

    assertThat(stored.size()).isEqualTo(length);
    assertThat(read(stored.id(), 0, -1)).isEqualTo(Arrays.copyOf(content, length));
  }

  @Test
  void givenContentThatEndsEarly_whenPut_thenNothingBecomesVisible() throws IOException {
    String name = name();
    assertThatThrownBy(() -> store().put(name, new ByteArrayInputStream(bytes(9, 6)), 10))
        .isInstanceOf(IOException.class);
    if (namesCollide()) {
      assertThat(store().stat(name)).isEmpty();
    }
  }

  @Test
  void givenContentLongerThanSaid_whenPut_thenNothingBecomesVisible() throws IOException {
    String name = name();
    assertThatThrownBy(() -> store().put(name, new ByteArrayInputStream(bytes(11, 6)), 10))
        .isInstanceOf(IOException.class);
    if (namesCollide()) {
      assertThat(store().stat(name)).isEmpty();
    }
  }

  @Test
  void givenContentThatFails_whenPut_thenItsErrorComesOutAndNothingBecomesVisible()
      throws IOException {
    String name = name();
    InputStream failing =
        new InputStream() {
          private int left = 200_000;

          @Override
          public int read() throws IOException {
            if (left-- <= 0) {
              throw new IOException("the sender went away");
            }
            return 7;
          }
        };
    assertThatThrownBy(() -> store().put(name, failing, -1)).isInstanceOf(IOException.class);
    if (namesCollide()) {
      assertThat(store().stat(name)).isEmpty();
    }
  }

  @Test
  void givenABlob_whenIdenticalContentIsPut_thenItIsASuccessThatChangesNothing()
      throws IOException {
    String name = name();
    byte[] content = bytes(100_000, 7);
    put(name, content);
    String again = put(name, content);

    assertThat(read(again, 0, -1)).isEqualTo(content);
  }

  @Test
  void givenABlob_whenOtherContentIsPut_thenItIsRefusedAndTheFirstStays() throws IOException {
    if (!namesCollide()) {
      return;
    }
    String name = name();
    byte[] content = bytes(1000, 8);
    String id = put(name, content);
    byte[] other = content.clone();
    other[999]++;

    assertThatThrownBy(() -> put(name, other)).isInstanceOf(BlobCollisionException.class);
    assertThatThrownBy(() -> put(name, bytes(1001, 8))).isInstanceOf(BlobCollisionException.class);
    Path file = Files.write(files.resolve("other"), other);
    assertThatThrownBy(() -> store().putFile(name, file))
        .isInstanceOf(BlobCollisionException.class);
    assertThat(read(id, 0, -1)).isEqualTo(content);
  }

  @Test
  void givenManyWritersOfOneName_whenContentsDiffer_thenExactlyOneWins() throws Exception {
    if (!namesCollide()) {
      return;
    }
    String name = name();
    AtomicInteger won = new AtomicInteger();
    List<Callable<Void>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] content = bytes(50_000, 100 + i);
      writers.add(() -> {
        try {
          put(name, content);
          won.incrementAndGet();
        } catch (BlobCollisionException e) {
          // Another was first.
        }
        return null;
      });
    }
    inParallel(writers);

    assertThat(won).hasValue(1);
    assertThat(read(name, 0, -1)).hasSize(50_000);
  }

  @Test
  void givenManyWritersOfOneName_whenContentIsTheSame_thenAllSucceed() throws Exception {
    String name = name();
    byte[] content = bytes(50_000, 9);
    inParallel(
        java.util.Collections.nCopies(
            8,
            () -> {
              assertThat(read(put(name, content), 0, -1)).isEqualTo(content);
              return null;
            }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/../b",
        "a/.hidden",
        "a\\b",
        "a b",
        "a\0b",
        "a\nb",
        "ä",
        "a/b/c/d/e/f/g",
        "%2e%2e/a"
      })
  void givenAHostileName_whenUsed_thenItIsRefused(String name) {
    assertThatThrownBy(() -> put(name, new byte[1])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> put("a".repeat(201), new byte[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenTheLongestName_whenUsed_thenItWorks() throws IOException {
    byte[] content = bytes(10, 10);
    String name = "a".repeat(200) + "/b/c/d/e/" + "f-_.1".repeat(40);
    assertThat(read(put(name, content), 0, -1)).isEqualTo(content);
  }

  @Test
  void givenNoBlob_whenAskedFor_thenItIsMissing() throws IOException {
    String id = put(name(), new byte[1]);
    store().delete(id);

    assertThatThrownBy(() -> read(id, 0, -1)).isInstanceOf(BlobMissingException.class);
    assertThat(store().stat(id)).isEmpty();
  }

  @Test
  void givenABlob_whenDeletedTwice_thenItIsGoneAndItsNameIsFree() throws IOException {
    String name = name();
    String id = put(name, bytes(10, 11));
    store().delete(id);
    store().delete(id);
    byte[] other = bytes(20, 12);

    assertThat(read(put(name, other), 0, -1)).isEqualTo(other);
  }

  @Test
  void givenParallelPutsAndDeletesInOneFolder_whenDone_thenAllPutsSucceeded() throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      String own = "busy/folder/" + thread;
      work.add(() -> {
        for (int i = 0; i < 30; i++) {
          store().delete(put(own, new byte[] {1}));
        }
        return null;
      });
    }
    inParallel(work);
  }

  @Test
  void givenContent_whenPut_thenItIsReadToItsEndAndNotClosed() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream content =
        new ByteArrayInputStream(bytes(1000, 13)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    store().put(name(), content, 1000);

    assertThat(content.available()).isZero();
    assertThat(closed).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "../a", "a/../b", "a\0b", ".store"})
  void givenAnIdThatCannotBe_whenUsed_thenItIsRefused(String id) {
    assertThatThrownBy(() -> read(id, 0, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().stat(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().delete(id)).isInstanceOf(IllegalArgumentException.class);
  }
}
