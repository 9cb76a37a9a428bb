package org.regionalpacs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.ArchiveCatalogue.Entry;

class ArchiveCatalogueTest {
  @TempDir Path folder;

  private static Entry entry(String id) {
    return new Entry("clinic-1", UUID.randomUUID(), "group1/M00/00/00/" + id);
  }

  private List<Entry> read() throws IOException {
    try (ArchiveCatalogue catalogue = ArchiveCatalogue.open(folder);
        Stream<Entry> entries = catalogue.entries("fastdfs")) {
      return entries.toList();
    }
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("fastdfs"))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  @Test
  void givenObjectsOfSeveralProcesses_whenRead_thenAllAreThere() throws IOException {
    List<Entry> entries = List.of(entry("a.dcm"), entry("b.blocks"), entry("c.dcm"));
    try (ArchiveCatalogue one = ArchiveCatalogue.open(folder);
        ArchiveCatalogue other = ArchiveCatalogue.open(folder)) {
      one.add("fastdfs", entries.get(0));
      other.add("fastdfs", entries.get(1));
      one.add("fastdfs", entries.get(2));
      one.add("elsewhere", entry("d.dcm"));
    }
    assertThat(read()).containsExactlyInAnyOrderElementsOf(entries);
  }

  @Test
  void givenAProcessThatArchivesMuch_whenItsLatestAreRead_thenTheyAreABoundedNumber()
      throws IOException {
    try (ArchiveCatalogue catalogue = ArchiveCatalogue.open(folder)) {
      assertThat(catalogue.latest("fastdfs")).isEmpty();
      for (int i = 0; i < 5000; i++) {
        catalogue.add("fastdfs", entry(i + ".dcm"));
      }
      catalogue.flush();
      List<Entry> latest = catalogue.latest("fastdfs").toList();

      assertThat(latest).hasSizeBetween(2000, 4000);
      assertThat(latest.getLast().blobId()).endsWith("/4999.dcm");
    }
  }

  @Test
  void givenNothingWasArchived_whenRead_thenNothingIsThere() throws IOException {
    assertThat(read()).isEmpty();
  }

  @Test
  void givenALineThatWasCut_whenItGoesOn_thenNoOtherLineIsSpoilt() throws IOException {
    List<Entry> entries = List.of(entry("a.dcm"), entry("b.dcm"));
    try (ArchiveCatalogue catalogue = ArchiveCatalogue.open(folder)) {
      catalogue.add("fastdfs", entries.get(0));
      Files.writeString(file(), UUID.randomUUID() + " clini", StandardOpenOption.APPEND);
      // As after a failure.
      catalogue.close();
      catalogue.add("fastdfs", entries.get(1));
    }
    assertThat(read()).containsExactlyElementsOf(entries);
  }

  @Test
  void givenItCanNotBeWritten_whenAdded_thenThatIsSaidAndTheNextTimeIsWell() throws IOException {
    List<Entry> entries = List.of(entry("a.dcm"));
    try (ArchiveCatalogue catalogue = ArchiveCatalogue.open(folder)) {
      Path inTheWay = Files.createFile(folder.resolve("fastdfs"));
      assertThatThrownBy(() -> catalogue.add("fastdfs", entries.getFirst()))
          .isInstanceOf(IOException.class);
      Files.delete(inTheWay);
      catalogue.add("fastdfs", entries.getFirst());
    }
    assertThat(read()).isEqualTo(entries);
  }

  @Test
  void givenADeletion_whenAddedTwice_thenItIsFoundByItsName() throws IOException {
    byte[] json = "{}".getBytes(StandardCharsets.US_ASCII);
    try (ArchiveCatalogue catalogue = ArchiveCatalogue.open(folder)) {
      catalogue.addDeletion("_deletions/clinic-1/1.json", json);
      catalogue.addDeletion("_deletions/clinic-1/1.json", json);
    }
    assertThat(folder.resolve("_deletions/clinic-1/1.json")).hasContent("{}");
    assertThat(read()).isEmpty();
  }
}
