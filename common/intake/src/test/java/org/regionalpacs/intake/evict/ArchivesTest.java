package org.regionalpacs.intake.evict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.storage.LocalBlobStore;
import org.regionalpacs.test.fastdfs.FakeFastDfs;
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

  @Test
  void givenFastDfsThatWasTheArchiveBefore_whenAsked_thenItIsReadStill() throws Exception {
    try (FakeFastDfs cluster = FakeFastDfs.start(folder.resolve("cluster"), 1, 1);
        AnnotationConfigApplicationContext service =
            service(
                "local",
                folder.resolve("archive"),
                "pacs.fastdfs.trackers=" + cluster.trackers(),
                "pacs.fastdfs.spool=" + folder.resolve("spool"),
                "pacs.fastdfs.orphans=" + folder.resolve("orphans"),
                "pacs.blocks.journals=" + folder.resolve("journals"));
        Archives archives = Archives.of(service)) {
      BlobStore former = archives.named("fastdfs");
      String id = former.put("a/b", new ByteArrayInputStream(new byte[3]), 3).id();

      assertThat(former.stat(id)).isPresent();
    }
  }

  private AnnotationConfigApplicationContext service(
      String store, Path archive, String... further) {
    AnnotationConfigApplicationContext service = new AnnotationConfigApplicationContext();
    TestPropertyValues.of(
            "pacs.archive.store=" + store,
            "pacs.archive.root=" + archive,
            "pacs.derived.root=" + folder.resolve("derived"),
            "pacs.online.root=" + folder.resolve("online"))
        .and(further)
        .applyTo(service);
    service.refresh();
    return service;
  }
}
