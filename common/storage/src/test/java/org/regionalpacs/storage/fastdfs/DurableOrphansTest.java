package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.index.PossibleOrphan;

class DurableOrphansTest {
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir Path folder;
  private final List<PossibleOrphan> table = Collections.synchronizedList(new ArrayList<>());

  static PossibleOrphan orphan(String name) {
    return new PossibleOrphan(
        UUID.randomUUID(),
        Instant.parse("2026-01-02T03:04:05.678Z"),
        "fastdfs",
        "127.0.0.10:23000",
        name,
        4711,
        4711,
        OptionalLong.of(0xFFFF_FFF0L),
        Optional.empty(),
        "Connection reset\nby peer = \u00e9");
  }

  private static PossibleOrphan answered(String id) {
    return new PossibleOrphan(
        UUID.randomUUID(),
        Instant.EPOCH,
        "fastdfs",
        "h:1",
        "t/1",
        9,
        3,
        OptionalLong.empty(),
        Optional.of(id),
        "");
  }

  private static void away(PossibleOrphan orphan) {
    throw new IllegalStateException("the database is away");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.toString().endsWith(".uploads")).toList();
    }
  }

  @Test
  void givenADatabase_whenAdded_thenItIsThereAsItWasAndNoFileStays() throws IOException {
    List<PossibleOrphan> all = List.of(orphan("t/1"), answered("group1/M00/00/00/x"));
    try (DurableOrphans orphans = DurableOrphans.open("fastdfs", folder, table::add, SOON)) {
      all.forEach(orphans::add);
      await().until(() -> table.size() == 2 && files().isEmpty());
      assertThat(orphans.latest()).containsExactlyElementsOf(all);
    }
    assertThat(table).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void givenADatabaseThatIsAway_whenTheProcessDies_thenTheNextOneTellsIt() {
    PossibleOrphan orphan = orphan("t/1");
    try (DurableOrphans orphans =
        DurableOrphans.open("fastdfs", folder, DurableOrphansTest::away, SOON)) {
      orphans.add(orphan);
    }
    try (DurableOrphans _ = DurableOrphans.open("fastdfs", folder, table::add, NEVER)) {
      await().until(() -> table.contains(orphan));
    }
  }

  @Test
  void givenADatabaseThatComesBack_whenOrphansWait_thenTheyAreMoved() {
    List<PossibleOrphan> failures = Collections.synchronizedList(new ArrayList<>());
    try (DurableOrphans orphans =
        DurableOrphans.open(
            "fastdfs",
            folder,
            orphan -> {
              if (failures.size() < 3) {
                failures.add(orphan);
                away(orphan);
              }
              table.add(orphan);
            },
            SOON)) {
      PossibleOrphan orphan = orphan("t/1");
      orphans.add(orphan);
      await().until(() -> table.contains(orphan));
    }
  }

  @Test
  void givenUploadsUnderWay_whenTheProcessDies_thenTheyArePossibleOrphans() {
    try (DurableOrphans dying = DurableOrphans.open("fastdfs", folder, table::add, SOON);
        DurableOrphans living = DurableOrphans.open("fastdfs", folder, table::add, SOON)) {
      dying.begin("t/ended", 1).close();
      dying.begin("t/under way", 4711);
      dying.begin("t/ended too", 2).close();
      living.begin("t/of the living", 3);
      dying.close();

      await().until(() -> !table.isEmpty());
      assertThat(table)
          .singleElement()
          .satisfies(orphan -> {
            assertThat(orphan.name()).isEqualTo("t/under way");
            assertThat(orphan.size()).isEqualTo(4711);
            assertThat(orphan.reason()).contains("died");
          });
    }
  }

  /** Whoever got their ids may have died before he noted them anywhere. */
  @Test
  void givenUploadsThatWereJustDone_whenTheProcessDies_thenTheLastOnesAreToldWithTheirIds() {
    try (DurableOrphans dying = DurableOrphans.open("fastdfs", folder, table::add, SOON)) {
      for (int i = 0; i < 30_000; i++) {
        try (OrphanJournal.Upload done = dying.begin("t/" + i, i)) {
          done.stored("group1/M00/00/00/" + i);
        }
      }
      dying.begin("t/failed", 1).close();
      dying.begin("t/under way", 2);
    }
    try (DurableOrphans _ = DurableOrphans.open("fastdfs", folder, table::add, NEVER)) {
      await().until(() -> table.size() == 513);
      assertThat(table)
          .filteredOn(orphan -> orphan.answered().isPresent())
          .hasSize(512)
          .allSatisfy(orphan ->
              assertThat(orphan.answered().orElseThrow())
                  .isEqualTo("group1/M00/00/00/" + orphan.size()))
          .allSatisfy(orphan -> assertThat(orphan.size()).isBetween(29_488L, 29_999L));
    }
  }

  @Test
  void givenAProcessThatEndsInPeace_thenNothingIsTold() throws IOException {
    try (DurableOrphans orphans = DurableOrphans.open("fastdfs", folder, table::add, NEVER);
        OrphanJournal.Upload done = orphans.begin("t/1", 1)) {
      done.stored("group1/M00/00/00/1");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void givenManyUploads_whenNoneIsUnderWay_thenTheirListStaysShort() throws IOException {
    try (DurableOrphans orphans = DurableOrphans.open("fastdfs", folder, table::add, NEVER)) {
      for (int i = 0; i < 100_000; i++) {
        orphans.begin("t/" + i, i).close();
      }
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(1_100_000);
      }
    }
  }

  @Test
  void givenTheFolderIsGone_whenAdded_thenTheUploadGoesOn() throws IOException {
    try (DurableOrphans orphans =
        DurableOrphans.open("fastdfs", folder.resolve("f"), table::add, NEVER)) {
      try (Stream<Path> files = Files.list(folder.resolve("f"))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder.resolve("f"));
      orphans.add(orphan("t/1"));
      assertThat(orphans.latest()).hasSize(1);
    }
  }

  @Test
  void givenHalfAFileThatACrashLeft_whenOpenedADayLater_thenItGoes() throws IOException {
    Path old = Files.writeString(folder.resolve("a.half"), "id=");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Path young = Files.writeString(folder.resolve("b.half"), "id=");
    try (DurableOrphans _ = DurableOrphans.open("fastdfs", folder, table::add, NEVER)) {
      assertThat(files()).containsExactly(young);
    }
  }

  @Test
  void givenAFileInThePlaceOfTheFolder_whenOpened_thenTheReasonIsSaid() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> DurableOrphans.open("fastdfs", file, table::add, NEVER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pacs.fastdfs.orphans");
  }
}
