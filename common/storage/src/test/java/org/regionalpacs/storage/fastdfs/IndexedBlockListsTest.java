package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regionalpacs.index.BlockLists;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class IndexedBlockListsTest {
  @Test
  void givenNoDatabase_whenAsked_thenNobodyCanTell() {
    IndexedBlockLists lists =
        new IndexedBlockLists(
            "fastdfs", new StaticListableBeanFactory().getBeanProvider(BlockLists.class));
    assertThatThrownBy(() -> lists.find("id")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> lists.names(List.of("id"))).isInstanceOf(IOException.class);
  }
}
