package org.regionalpacs.intake.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedNamesTest {
  @TempDir Path folder;

  @Test
  void givenMoreFoldersThanAreKeptInMemory_whenAskedInTurn_thenAllComeInOrder() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 57; i++) {
      names.add("1.2." + (i * 7919) % 1000);
      Files.createDirectory(folder.resolve(names.getLast()));
    }
    Files.createDirectory(folder.resolve(".tmp"));
    Files.writeString(folder.resolve("1.file"), "no folder");
    names.sort(null);

    SortedNames sorted = new SortedNames(folder, 10);
    List<String> seen = new ArrayList<>();
    List<String> next = sorted.after("", 4);
    while (!next.isEmpty()) {
      assertThat(next).hasSizeLessThanOrEqualTo(4);
      seen.addAll(next);
      next = sorted.after(next.getLast(), 4);
    }

    assertThat(seen).isEqualTo(names);
  }

  @Test
  void givenAFolderThatIsNotThere_whenAsked_thenItHasNoNames() throws Exception {
    assertThat(new SortedNames(folder.resolve("gone")).after("", 10)).isEmpty();
  }
}
