package org.regionalpacs.messages;

import java.util.Map;
import java.util.UUID;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The fields by which logs and traces name an image: {@code tenant}, {@code study}, {@code series},
 * {@code instance} (UIDs), and {@code trace.id}, the reception id without its dashes. Nothing of
 * the patient.
 */
public final class ImageFields {
  private static final String TENANT = "tenant";
  private static final String STUDY = "study";
  private static final String SERIES = "series";
  private static final String INSTANCE = "instance";
  private static final String TRACE = "trace.id";

  private ImageFields() {}

  /** Adds those of a series to a line of the log. */
  public static LoggingEventBuilder of(
      LoggingEventBuilder event, String tenant, String study, String series) {
    return event.addKeyValue(TENANT, tenant).addKeyValue(STUDY, study).addKeyValue(SERIES, series);
  }

  /** Adds those of an object that wasn't received. */
  public static LoggingEventBuilder of(
      LoggingEventBuilder event, String tenant, String study, String series, String instance) {
    return of(event, tenant, study, series).addKeyValue(INSTANCE, instance);
  }

  /** Adds all of them. */
  public static LoggingEventBuilder of(
      LoggingEventBuilder event,
      String tenant,
      String study,
      String series,
      String instance,
      UUID reception) {
    return of(event, tenant, study, series, instance).addKeyValue(TRACE, trace(reception));
  }

  /** Adds all of them. */
  public static LoggingEventBuilder of(LoggingEventBuilder event, StorageMessage message) {
    return of(
        event,
        message.tenant(),
        message.study(),
        message.series(),
        message.sopInstance(),
        message.receptionId());
  }

  /** Attributes of spans. */
  public static Map<String, String> attributes(StorageMessage message) {
    return Map.of(
        TENANT,
        message.tenant(),
        STUDY,
        message.study(),
        SERIES,
        message.series(),
        INSTANCE,
        message.sopInstance(),
        "transfer_syntax",
        message.transferSyntax(),
        "size",
        Long.toString(message.fileSize()));
  }

  /** Attributes of spans that are of a whole series. */
  public static Map<String, String> attributes(String tenant, String study, String series) {
    return Map.of(TENANT, tenant, STUDY, study, SERIES, series);
  }

  private static String trace(UUID reception) {
    return reception.toString().replace("-", "");
  }
}
