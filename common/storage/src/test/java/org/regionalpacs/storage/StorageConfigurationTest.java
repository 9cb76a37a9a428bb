package org.regionalpacs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.storage.chunked.ChunkedBlobStore;
import org.regionalpacs.storage.fastdfs.OrphanJournal;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StorageConfigurationTest {
  @TempDir Path folder;
  private ApplicationContextRunner context;

  @BeforeEach
  void prepare() {
    context =
        new ApplicationContextRunner()
            .withUserConfiguration(StorageConfiguration.class)
            .withPropertyValues(
                "pacs.online.root=" + folder.resolve("online"),
                "pacs.archive.root=" + folder.resolve("archive"),
                "pacs.derived.root=" + folder.resolve("derived"),
                "pacs.blocks.journals=" + folder.resolve("blocks"),
                "pacs.catalogue.root=" + folder.resolve("catalogue"),
                "pacs.fastdfs.orphans=" + folder.resolve("orphans"),
                "pacs.fastdfs.spool=" + folder.resolve("spool"));
  }

  @Test
  void givenNoSettings_whenStarted_thenTheArchiveIsLocal() {
    context.run(started -> {
      assertThat(started.getBean(BlobStore.class).name()).isEqualTo("local");
      assertThat(started).doesNotHaveBean(HealthIndicator.class);
    });
  }

  @Test
  void givenFastDfs_whenStarted_thenTheArchiveIsThereWithoutAskingTheCluster() {
    context
        .withPropertyValues("pacs.archive.store=fastdfs", "pacs.fastdfs.trackers=a:22122,b:22122")
        .run(started -> {
          assertThat(started.getBean(BlobStore.class)).isInstanceOf(ChunkedBlobStore.class);
          assertThat(started.getBean(BlobStore.class).name()).isEqualTo("fastdfs");
          assertThat(started).hasSingleBean(HealthIndicator.class);
          assertThat(started).hasSingleBean(OrphanJournal.class);
          assertThat(folder.resolve("archive")).doesNotExist();
        });
  }

  @Test
  void givenALocalArchiveOfBefore_whenTheArchiveIsFastDfs_thenItsBlobsAreRead() throws Exception {
    Path blob = folder.resolve("archive/t/1.dcm");
    Files.createDirectories(blob.getParent());
    Files.writeString(blob, "bytes");
    ObjectLocation location = new ObjectLocation("local", "", "t/1.dcm", 0, 5);

    context
        .withPropertyValues("pacs.archive.store=fastdfs", "pacs.fastdfs.trackers=a:22122")
        .run(started -> {
          StoredObjects objects = started.getBean(StoredObjects.class);
          assertThat(objects.open(List.of(location)).open(0, -1)).hasContent("bytes");
          assertThat(started.getBean(ArchiveStores.class).all())
              .extracting(BlobStore::name)
              .containsExactly("fastdfs", "local");
        });
  }

  @Test
  void givenFastDfsWasTheArchive_whenItIsLocalAgain_thenItIsStillOneOfTheStores() {
    context
        .withPropertyValues("pacs.fastdfs.trackers=a:22122")
        .run(started -> {
          assertThat(started.getBean(BlobStore.class).name()).isEqualTo("local");
          assertThat(started.getBean(ArchiveStores.class).all())
              .extracting(BlobStore::name)
              .containsExactly("local", "fastdfs");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pacs.fastdfs.trackers=",
        "pacs.fastdfs.trackers=no-port",
        "pacs.fastdfs.attempts=0",
        "pacs.fastdfs.io-timeout=1ms",
        "pacs.fastdfs.group=not a group",
        "pacs.blocks.size=1GB",
        "pacs.blocks.parallel=0",
        "pacs.archive.store=tape"
      })
  void givenAWrongSetting_whenStarted_thenItIsRefused(String setting) {
    context
        .withPropertyValues("pacs.archive.store=fastdfs", "pacs.fastdfs.trackers=a:22122")
        .withPropertyValues(setting)
        .run(started -> assertThat(started).hasFailed());
  }
}
