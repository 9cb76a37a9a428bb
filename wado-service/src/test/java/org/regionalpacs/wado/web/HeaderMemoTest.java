package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderMemoTest {
  private final List<String> read = new ArrayList<>();
  private final HeaderMemo<String, Integer> memo =
      new HeaderMemo<>(text -> {
        read.add(text);
        return text.length();
      });

  @Test
  void givenAHeader_whenSentOnAndOn_thenItIsReadOnce() {
    for (int i = 0; i < 10; i++) {
      assertThat(memo.of("gzip", 4)).isEqualTo(4);
    }
    assertThat(read).containsExactly("gzip");
  }

  @Test
  void givenAVeryLongHeader_whenSent_thenItIsNotKept() {
    String text = "a".repeat(3000);
    memo.of(text, text.length());
    memo.of(text, text.length());

    assertThat(read).hasSize(2);
  }
}
