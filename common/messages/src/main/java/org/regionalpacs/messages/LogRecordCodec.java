package org.regionalpacs.messages;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads the records of {@link Topics#LOG}: one with a member {@code Kind} of {@code
 * conversion} is a {@link ConversionMessage}, one without is a {@link LogMessage}.
 */
public final class LogRecordCodec {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final byte[] KIND = "\"Kind\"".getBytes(StandardCharsets.US_ASCII);

  private final MessageCodec<LogMessage> requests = MessageCodec.of(LogMessage.class);
  private final MessageCodec<ConversionMessage> conversions =
      MessageCodec.of(ConversionMessage.class);

  /** The record's value on the topic. */
  public byte[] encode(LogRecord record) {
    return switch (record) {
      case LogMessage request -> requests.encode(request);
      case ConversionMessage conversion -> conversions.encode(conversion);
    };
  }

  /**
   * Reads a record's value.
   *
   * @throws UnreadableMessageException when the bytes are neither, or of a kind that isn't known:
   *     retrying won't help
   */
  public LogRecord decode(byte[] value) {
    String kind = kind(value);
    return switch (kind) {
      case "" -> requests.decode(value);
      case ConversionMessage.KIND -> conversions.decode(value);
      default -> throw new UnreadableMessageException("a record of an unknown kind");
    };
  }

  private static String kind(byte[] value) {
    if (!mayHaveKind(value)) {
      return "";
    }
    try {
      return MAPPER.readTree(value).path("Kind").asString("");
    } catch (JacksonException e) {
      throw new UnreadableMessageException(e.getOriginalMessage(), e);
    }
  }

  /** Most records have none, and needn't be read twice. */
  private static boolean mayHaveKind(byte[] value) {
    int last = value.length - KIND.length;
    for (int i = 0; i <= last; i++) {
      if (value[i] == '"' && Arrays.equals(value, i, i + KIND.length, KIND, 0, KIND.length)) {
        return true;
      }
    }
    return false;
  }
}
