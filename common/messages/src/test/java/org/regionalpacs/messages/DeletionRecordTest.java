package org.regionalpacs.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeletionRecordTest {
  private static final DeletionRecord RECORD =
      new DeletionRecord(
          1,
          new UUID(1, 2),
          "default",
          "1.2",
          "1.2.3",
          "",
          Instant.parse("2026-01-02T03:04:05Z"),
          List.of(new UUID(3, 4)));

  @Test
  void givenARecord_whenKept_thenItIsReadAsItWas() {
    assertThat(DeletionRecord.read(RECORD.json())).isEqualTo(RECORD);
    assertThat(RECORD.name())
        .isEqualTo("_deletions/default/00000000-0000-0001-0000-000000000002.json");
  }

  @Test
  void givenHalfARecordOrANewerOne_thenItIsNone() {
    for (String json :
        List.of(
            "{}",
            "null",
            "{\"SchemaVersion\":1",
            new String(RECORD.json(), StandardCharsets.UTF_8)
                .replace("\"SchemaVersion\":1", "\"SchemaVersion\":2"))) {
      assertThatThrownBy(() -> DeletionRecord.read(json.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(UnreadableMessageException.class);
    }
  }
}
