package org.regionalpacs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBlobStoreTest extends BlobStoreContract {
  @TempDir Path folder;
  private LocalBlobStore store;

  @BeforeEach
  void open() {
    store = LocalBlobStore.open("local", folder.resolve("archive"));
  }

  @Override
  protected BlobStore store() {
    return store;
  }

  @Test
  void givenAFileOnTheSameVolume_whenPut_thenItsBytesAreShared() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "content");
    store.putFile("a/b", file);

    assertThat(Files.isSameFile(file, folder.resolve("archive/a/b"))).isTrue();
    store.putFile("a/b", file);
  }

  @Test
  void givenAVolumeThatIsGone_whenAskedForABlob_thenNobodySaysItIsMissing() throws IOException {
    Files.delete(folder.resolve("archive/.store"));

    assertThatThrownBy(() -> store.get("a", 0, -1))
        .isInstanceOf(BlobStoreUnreachableException.class);
    assertThatThrownBy(() -> store.stat("a")).isInstanceOf(BlobStoreUnreachableException.class);
    assertThatThrownBy(() -> store.delete("a")).isInstanceOf(BlobStoreUnreachableException.class);
    assertThatThrownBy(() -> store.digest("a")).isInstanceOf(BlobStoreUnreachableException.class);
  }

  @Test
  void givenABlobThatChangedOnDisk_whenItsDigestIsAsked_thenItIsThatOfTheDisk() throws IOException {
    store.put("a", new ByteArrayInputStream(new byte[3]), 3);
    String before = store.digest("a");
    Files.writeString(folder.resolve("archive/a"), "xyz");

    assertThat(store.digest("a")).isNotEqualTo(before);
  }

  @Test
  void givenBlobs_whenDeleted_thenEmptyFoldersGoToo() throws IOException {
    store.put("a/b/c", new ByteArrayInputStream(new byte[1]), 1);
    store.put("a/d", new ByteArrayInputStream(new byte[1]), 1);
    store.delete("a/b/c");

    assertThat(folder.resolve("archive/a/b")).doesNotExist();
    assertThat(folder.resolve("archive/a/d")).exists();
  }

  @Test
  void givenLeftoversOfACrash_whenOpened_thenOldOnesGo() throws IOException {
    Path old = Files.writeString(folder.resolve("archive/.tmp/old"), "");
    Path young = Files.writeString(folder.resolve("archive/.tmp/young"), "");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    LocalBlobStore.open("local", folder.resolve("archive"));

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void givenAPutThatFailed_whenLookedAt_thenNoTemporaryFileIsLeft() {
    assertThatThrownBy(() -> store.put("a", new ByteArrayInputStream(new byte[1]), 2))
        .isInstanceOf(IOException.class);
    assertThat(folder.resolve("archive/.tmp")).isEmptyDirectory();
  }

  @Test
  void givenAFileWhereTheFolderShouldBe_whenOpened_thenTheReasonIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> LocalBlobStore.open("local", file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("local");
  }
}
