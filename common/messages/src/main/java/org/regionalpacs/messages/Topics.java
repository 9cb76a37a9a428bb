package org.regionalpacs.messages;

import java.util.Map;

/** The names of the Kafka topics. The key of every record is the Study Instance UID. */
public final class Topics {
  /** One {@link StorageMessage} an accepted object. */
  public static final String STORAGE = "storage_queue";

  /** One {@link ConvertMessage} an object that is to be encoded once more. */
  public static final String CONVERT = "convert_queue";

  /** One {@link DicomStateMessage} a study or series state that changed. */
  public static final String DICOM_STATE = "dicom_state_queue";

  /** One {@link DicomImageMessage} an indexed instance. */
  public static final String DICOM_IMAGE = "dicom_image_queue";

  /**
   * One {@link LogMessage} a request served and one {@link ConversionMessage} an object converted;
   * best effort.
   */
  public static final String LOG = "log_queue";

  /**
   * How long each topic keeps its records, in milliseconds: storage must outlast the worst outage,
   * and conversions may wait for a library that is missing.
   */
  public static final Map<String, Long> RETENTION_MS =
      Map.of(
          STORAGE, 30L * 24 * 3600 * 1000,
          CONVERT, 30L * 24 * 3600 * 1000,
          DICOM_STATE, 7L * 24 * 3600 * 1000,
          DICOM_IMAGE, 7L * 24 * 3600 * 1000,
          LOG, 7L * 24 * 3600 * 1000);

  private Topics() {}

  /**
   * Where the records of a topic go that can't be processed: value and key as they were, the cause
   * in the headers.
   */
  public static String deadLetters(String topic) {
    return topic + ".dlt";
  }
}
