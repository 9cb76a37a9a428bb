package org.regionalpacs.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRecordCodecTest {
  private static final UUID EVENT = UUID.fromString("01890000-0000-7000-8000-000000000001");
  private static final UUID RECEPTION = UUID.fromString("01890000-0000-7000-8000-000000000002");
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123Z");

  private final LogRecordCodec codec = new LogRecordCodec();

  @Test
  void givenAConversion_whenWrittenAndRead_thenItSaysSoAndIsTheSame() {
    ConversionMessage conversion = conversion("no codec");

    byte[] value = codec.encode(conversion);

    assertThat(new String(value, UTF_8))
        .contains("\"Kind\":\"conversion\"", "\"Outcome\":\"failed\"");
    assertThat(codec.decode(value)).isEqualTo(conversion);
  }

  @Test
  void givenARequest_whenWrittenAndRead_thenItHasNoKindAndIsTheSame() {
    LogMessage request = request("CT1", "");

    byte[] value = codec.encode(request);

    assertThat(new String(value, UTF_8)).doesNotContain("Kind");
    assertThat(codec.decode(value)).isEqualTo(request);
  }

  @Test
  void givenARequestOfSomebodyNamedLikeTheMember_whenRead_thenItIsARequest() {
    LogMessage request = request("Kind", "\"Kind\"");

    assertThat(codec.decode(codec.encode(request))).isEqualTo(request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{}",
        "[]",
        "{\"Kind\":\"something later\"}",
        "{\"Kind\":\"conversion\"}",
        "{\"Kind\":\"conversion\",\"EventID\":\"01890000-0000-7000-8000-000000000001\"}"
      })
  void givenAnythingElse_whenRead_thenItIsUnreadable(String value) {
    assertThatThrownBy(() -> codec.decode(value.getBytes(UTF_8)))
        .isInstanceOf(UnreadableMessageException.class);
  }

  @Test
  void givenTextOfAStranger_whenRecorded_thenItIsShortAndInOneLine() {
    LogMessage request = request("x".repeat(5000), "a\r\nb\u0000c\u202Ed\u2028e\uD800");

    assertThat(request.peer()).hasSize(128);
    assertThat(request.comment()).isEqualTo("a  b c d e\uD800".replace('\uD800', ' '));
    assertThat(conversion("x".repeat(511) + "\uD83D\uDE00").cause()).isEqualTo("x".repeat(511));
  }

  private static ConversionMessage conversion(String cause) {
    return new ConversionMessage(
        ConversionMessage.SCHEMA_VERSION,
        EVENT,
        TIME,
        "default",
        "1.2.3",
        "1.2.3.1",
        "1.2.3.1.1",
        RECEPTION,
        "1.2.840.10008.1.2.1",
        "1.2.840.10008.1.2.4.90",
        12,
        1000,
        0,
        ConversionOutcome.FAILED,
        cause);
  }

  private static LogMessage request(String peer, String comment) {
    return new LogMessage(
        LogMessage.SCHEMA_VERSION,
        EVENT,
        TIME,
        "default",
        "wado",
        "WADO-RS frames",
        peer,
        "127.0.0.1",
        "1.2.3",
        "",
        "",
        200,
        comment,
        1,
        1,
        "online");
  }
}
