package org.regionalpacs.messages;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads the records on the topics as JSON in UTF-8. Unknown members are ignored, so that
 * a newer producer doesn't stop an older consumer.
 *
 * @param <T> the record of one topic
 */
public final class MessageCodec<T> {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final ObjectWriter writer;
  private final ObjectReader reader;

  private MessageCodec(Class<T> type) {
    this.writer = MAPPER.writerFor(type);
    this.reader = MAPPER.readerFor(type);
  }

  /** The codec of one record type. Thread-safe. */
  public static <T> MessageCodec<T> of(Class<T> type) {
    return new MessageCodec<>(type);
  }

  /** The record's value on the topic. */
  public byte[] encode(T message) {
    return writer.writeValueAsBytes(message);
  }

  /**
   * Reads a record's value.
   *
   * @throws UnreadableMessageException when the bytes are not such a record: retrying won't help
   */
  public T decode(byte[] value) {
    try {
      return reader.readValue(value);
    } catch (JacksonException e) {
      throw new UnreadableMessageException(e.getOriginalMessage(), e);
    }
  }
}
