package org.regionalpacs.intake.evict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.storage.LocalBlobStore;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A node needs no archive until it evicts. */
class ArchivesTest {
  @TempDir Path folder;

  @Test
  void givenALocalArchiveThatIsNotMounted_whenAsked_thenItIsAwayAndNoFolderIsMade()
      throws Exception {
    Path root = folder.resolve("archive");
    try (AnnotationConfigApplicationContext service = service("local", root);
        Archives archives = Archives.of(service)) {
      assertThatThrownBy(() -> archives.named("local"))
          .isInstanceOf(BlobStoreUnreachableException.class);
      assertThat(root).doesNotExist();
      assertThat(folder.resolve("derived")).doesNotExist();

      LocalBlobStore.open("local", root).put("a/b", new ByteArrayInputStream(new byte[3]), 3);

      assertThat(archives.named("local").stat("a/b")).isPresent();
      assertThatThrownBy(() -> archives.named("former"))
          .isInstanceOf(BlobStoreUnreachableException.class);
    }
  }

  @Test
  void givenFastDfsWithoutTrackers_whenAsked_thenItIsAwayAndTheServiceGoesOn() {
    try (AnnotationConfigApplicationContext service =
            service("fastdfs", folder.resolve("archive"));
        Archives archives = Archives.of(service)) {
      assertThatThrownBy(() -> archives.named("fastdfs"))
          .isInstanceOf(BlobStoreUnreachableException.class)
          .hasMessageContaining("can't be opened");
      assertThat(service.isActive()).isTrue();
    }
  }

  private AnnotationConfigApplicationContext service(String store, Path archive) {
    AnnotationConfigApplicationContext service = new AnnotationConfigApplicationContext();
    TestPropertyValues.of(
            "pacs.archive.store=" + store,
            "pacs.archive.root=" + archive,
            "pacs.derived.root=" + folder.resolve("derived"),
            "pacs.online.root=" + folder.resolve("online"))
        .applyTo(service);
    service.refresh();
    return service;
  }
}
