package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineStoreTest {
  @TempDir Path folder;

  @Test
  void givenManyStartAtOnce_whenOpened_thenTheyAreOneNode() throws Exception {
    List<Future<OnlineStore>> opened = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 16; i++) {
        opened.add(threads.submit(() -> OnlineStore.open(folder.resolve("new"))));
      }
    }
    OnlineStore store = OnlineStore.open(folder.resolve("new"));
    for (Future<OnlineStore> each : opened) {
      assertThat(each.get()).isEqualTo(store);
    }
    try (var files = Files.list(store.root())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void givenAFileInItsPlace_whenOpened_thenTheMessageNamesSettingAndPath() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> OnlineStore.open(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pacs.online.root")
        .hasMessageContaining(file.toString());
  }

  @Test
  void givenAPathThatLeadsOut_whenResolved_thenRefused() {
    OnlineStore store = OnlineStore.open(folder);

    assertThat(store.resolve("default/1/2/3.dcm")).isEqualTo(folder.resolve("default/1/2/3.dcm"));
    assertThatThrownBy(() -> store.resolve("../etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
