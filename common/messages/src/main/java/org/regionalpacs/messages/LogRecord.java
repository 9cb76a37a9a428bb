package org.regionalpacs.messages;

import java.util.UUID;

/**
 * A record of {@link Topics#LOG}. Which of the two it is says the JSON member {@code Kind}, see
 * {@link LogRecordCodec}.
 */
public sealed interface LogRecord permits LogMessage, ConversionMessage {
  /** Unique id of the event, UUIDv7. */
  UUID eventId();

  /** Study Instance UID, empty when the event is about none. */
  String study();
}
