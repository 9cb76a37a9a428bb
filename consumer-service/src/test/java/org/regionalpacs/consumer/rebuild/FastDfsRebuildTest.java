package org.regionalpacs.consumer.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.regionalpacs.consumer.rebuild.IndexRebuild.Missing;
import org.regionalpacs.index.BlockLists;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.fastdfs.FakeFastDfs;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** From an archive that chooses ids, with objects in blocks, and its catalogue. */
@TestPropertySource(
    properties = {
      "pacs.archive.store=fastdfs",
      "pacs.fastdfs.io-timeout=2s",
      "pacs.fastdfs.read-deadline=2s",
      "pacs.fastdfs.deadline=4s",
      "pacs.fastdfs.attempts=2",
      "pacs.fastdfs.pause=10ms",
      "pacs.blocks.threshold=1KB",
      "pacs.blocks.size=1KB"
    })
class FastDfsRebuildTest extends RebuildContract {
  private static FakeFastDfs cluster;

  @Autowired BlockLists lists;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) throws IOException {
    cluster = FakeFastDfs.start(folder.resolve("cluster"), 1, 1);
    registry.add("pacs.fastdfs.trackers", cluster::trackers);
    registry.add("pacs.online.root", () -> folder.resolve("online"));
    registry.add("pacs.archive.root", () -> folder.resolve("archive"));
    registry.add("pacs.converter.scratch", () -> folder.resolve("scratch"));
    registry.add("pacs.derived.root", () -> folder.resolve("derived"));
    registry.add("pacs.catalogue.root", () -> folder.resolve("catalogue"));
    registry.add("pacs.fastdfs.spool", () -> folder.resolve("spool"));
    registry.add("pacs.fastdfs.orphans", () -> folder.resolve("orphans"));
    registry.add("pacs.blocks.journals", () -> folder.resolve("blocks"));
  }

  @AfterAll
  static void stopCluster() throws IOException {
    cluster.close();
  }

  @Override
  void emptyArchive() throws IOException {
    remove(folder.resolve("catalogue/_deletions"));
    try (Stream<Path> all = Files.walk(folder.resolve("catalogue"))) {
      // The catalogue goes on adding to its file.
      for (Path ids : all.filter(each -> each.toString().endsWith(".ids")).toList()) {
        Files.write(ids, new byte[0]);
      }
    }
  }

  @Override
  void damageCopy(String blobId, long size) throws IOException {
    String list = Files.readString(cluster.storage(0).file(blobId));
    String block = list.lines().filter(line -> line.startsWith("block ")).findFirst().orElseThrow();
    Path file = cluster.storage(0).file(block.substring(block.lastIndexOf(' ') + 1));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void givenARebuildThatWasBrokenOff_thenBlocksAreReadAndNobodyIsToldThatOneIsUnused()
      throws Exception {
    StorageMessage message = received(TENANT, study.image(1));
    String list = archived(message);
    assertThatThrownBy(() -> rebuildWith(RebuildContract::die, "objects"))
        .isInstanceOf(RebuildException.class);

    assertThat(lists.find("fastdfs", list)).isPresent();
    assertThatThrownBy(() -> lists.names("fastdfs", List.of("unused")))
        .hasMessageContaining("until the index is rebuilt");
    rebuild();
    assertThat(lists.names("fastdfs", List.of("unused"))).isFalse();
  }

  @Test
  void givenTheClusterIsAway_whenRebuilt_thenNothingIsDropped() throws Exception {
    received(TENANT, study.image(1));
    String evicted = received(TENANT, study.image(2)).filePath();
    Files.delete(folder.resolve("online").resolve(evicted));
    IndexSnapshot before = snapshot();
    cluster.tracker(0).kill();
    try {
      assertThatThrownBy(this::rebuild)
          .isInstanceOf(RebuildException.class)
          .hasMessageContaining("The index is as it was")
          .hasMessageContaining("fastdfs has as group1/M00");
      assertThat(snapshot()).isEqualTo(before);
      assertThat(rebuild(Missing.FORGET).troubles()).as("some that never come").isPositive();
      assertThat(instances()).isEqualTo(1);
    } finally {
      cluster.tracker(0).restart();
    }

    assertThat(rebuild().archived()).isEqualTo(1);
  }
}
