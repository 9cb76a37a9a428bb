package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.ArchiveName;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.LocalBlobStore;

/** An object and its manifest, in a store that keeps names and in one that chooses ids. */
class ArchiveNameTest {
  private static final ArchiveName NAME =
      new ArchiveName(
          "t", "1.2", "1.2.3", "1.2.3.4", UUID.fromString("6ec4b8a0-8a4e-4d6e-9a83-0a1d2e3f4a5b"));
  private static final byte[] MANIFEST = "{\"Tenant\":\"t\"}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Cluster cluster;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(folder, 1, 1);
    file = Files.writeString(folder.resolve("object"), "object's bytes");
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  private String object(BlobStore store, String id) throws IOException {
    try (InputStream in = store.get(id, 0, Files.size(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void givenAStoreThatChoosesIds_whenStored_thenTheManifestIsBehindTheObject() throws IOException {
    String id = NAME.storeIn(cluster.store, file, MANIFEST);

    assertThat(cluster.servers.storage(0).files()).containsExactly(id);
    assertThat(object(cluster.store, id)).isEqualTo("object's bytes");
    assertThat(NAME.readManifest(cluster.store, id)).isEqualTo(MANIFEST);
    NAME.deleteFrom(cluster.store, id);
    NAME.deleteFrom(cluster.store, id);
    assertThat(cluster.servers.storage(0).files()).isEmpty();
  }

  @Test
  void givenAStoreThatKeepsNames_whenStored_thenTheManifestIsBesideTheObject() throws IOException {
    LocalBlobStore store = LocalBlobStore.open("local", folder.resolve("archive"));
    String id = NAME.storeIn(store, file, MANIFEST);
    NAME.storeIn(store, file, MANIFEST);

    assertThat(id).isEqualTo(NAME.object());
    assertThat(Files.isSameFile(file, folder.resolve("archive").resolve(id))).isTrue();
    assertThat(NAME.readManifest(store, id)).isEqualTo(MANIFEST);
    assertThat(folder.resolve("archive").resolve(NAME.manifest())).hasBinaryContent(MANIFEST);
    NAME.deleteFrom(store, id);
    assertThat(store.stat(NAME.object())).isEmpty();
    assertThat(store.stat(NAME.manifest())).isEmpty();
  }

  @Test
  void givenABlobWithoutAManifest_whenItIsRead_thenThatIsSaid() throws IOException {
    for (int length : new int[] {0, 100}) {
      String id = cluster.store.put("a", new ByteArrayInputStream(new byte[length]), length).id();
      assertThatThrownBy(() -> NAME.readManifest(cluster.store, id))
          .isInstanceOf(EOFException.class);
    }
  }
}
