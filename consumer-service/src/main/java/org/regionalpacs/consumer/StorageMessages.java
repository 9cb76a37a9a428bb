package org.regionalpacs.consumer;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.UnreadableMessageException;

/** Reads records of the storage topic, and believes none that lacks what every step needs. */
public final class StorageMessages {
  private static final MessageCodec<StorageMessage> CODEC = MessageCodec.of(StorageMessage.class);

  /** Intake lets none pass that is longer; longer ones would not fit into the database's keys. */
  private static final int LONGEST_NAME = 256;

  private static final int LONGEST_PATH = 4096;
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private StorageMessages() {}

  static StorageRecord read(ConsumerRecord<String, byte[]> record) throws UnusableRecordException {
    if (record.value() == null) {
      throw new UnusableRecordException("the record has no value");
    }
    try {
      return new StorageRecord(record, complete(CODEC.decode(record.value())));
    } catch (UnreadableMessageException e) {
      throw new UnusableRecordException("not a storage message: " + e.getMessage(), e);
    }
  }

  /** The message, if it has what every step needs. */
  public static StorageMessage complete(StorageMessage message) throws UnusableRecordException {
    if (message == null) {
      throw new UnusableRecordException("not a storage message: null");
    }
    require(message.schemaVersion() <= StorageMessage.SCHEMA_VERSION, "a known SchemaVersion");
    require(message.receptionId() != null, "ReceptionID");
    require(message.received() != null, "ReceivedTime");
    require(message.fileSize() > 0, "FileSize");
    require(
        message.dataSetOffset() >= 0 && message.dataSetOffset() <= message.fileSize(),
        "DataSetOffset");
    require(message.digest() != null && SHA_256.matcher(message.digest()).matches(), "Digest");
    return new StorageMessage(
        message.schemaVersion(),
        message.receptionId(),
        text(message.tenant(), "Tenant"),
        text(message.transferSyntax(), "TransferSyntax"),
        sopClass(orEmpty(message.sopClass())),
        text(message.sopInstance(), "SOPInstanceUID"),
        text(message.study(), "StudyInstanceUID"),
        text(message.series(), "SeriesInstanceUID"),
        orEmpty(message.patientId()),
        orEmpty(message.fileName()),
        message.fileSize(),
        path(message.filePath()),
        message.dataSetOffset(),
        text(message.node(), "Node"),
        orEmpty(message.callingAe()),
        orEmpty(message.source()),
        message.received(),
        message.digest());
  }

  private static String text(String value, String member) throws UnusableRecordException {
    require(value != null && !value.isBlank(), member);
    return bounded(value, LONGEST_NAME, member);
  }

  private static String bounded(String value, int most, String member)
      throws UnusableRecordException {
    require(fits(value, most), "a usable " + member);
    return value;
  }

  /** PostgreSQL keeps no NUL in a text. */
  private static boolean fits(String value, int most) {
    return value.length() <= most && value.indexOf(0) < 0;
  }

  /** Intake lets any object in that has the other UIDs: this one must not stop it here. */
  private static String sopClass(String uid) {
    return fits(uid, LONGEST_NAME) ? uid : "";
  }

  private static String orEmpty(String value) {
    return Optional.ofNullable(value).orElse("");
  }

  private static String path(String value) throws UnusableRecordException {
    require(value != null && !value.isBlank(), "FilePath");
    return bounded(value, LONGEST_PATH, "FilePath");
  }

  private static void require(boolean holds, String member) throws UnusableRecordException {
    if (!holds) {
      throw new UnusableRecordException("the storage message lacks " + member);
    }
  }
}
