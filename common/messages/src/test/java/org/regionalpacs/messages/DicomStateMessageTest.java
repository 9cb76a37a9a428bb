package org.regionalpacs.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DicomStateMessageTest {
  private static final MessageCodec<DicomStateMessage> CODEC =
      MessageCodec.of(DicomStateMessage.class);
  private static final String VERSION_1 =
      """
      {"SchemaVersion":1,"Tenant":"t","StudyInstanceUID":"1.2","SeriesInstanceUID":"1.2.3",
       "PatientID":"P","Modality":"CT","StudyDate":"20260101","ChangeNumber":3,
       "Changed":"2026-03-31T23:59:59.123Z"}
      """;

  @Test
  void givenVersion1_whenRead_thenTheSeriesWasFirstReceivedWhenItChanged() {
    DicomStateMessage message = CODEC.decode(VERSION_1.getBytes(StandardCharsets.UTF_8));

    assertThat(message.firstReceived()).isEqualTo("2026-03-31T23:59:59.123Z");
  }

  @Test
  void givenVersion2_whenWrittenAndRead_thenItSaysWhenTheSeriesWasFirstReceived() {
    Instant changed = Instant.parse("2026-03-31T23:59:59.123Z");
    DicomStateMessage message =
        new DicomStateMessage(
            DicomStateMessage.SCHEMA_VERSION,
            "t",
            "1.2",
            "1.2.3",
            "P",
            "CT",
            "20260101",
            3,
            changed,
            changed.minusSeconds(86_400));

    assertThat(CODEC.decode(CODEC.encode(message))).isEqualTo(message);
    assertThat(new String(CODEC.encode(message), StandardCharsets.UTF_8))
        .contains("\"SchemaVersion\":2", "\"FirstReceived\":");
  }
}
