package org.regionalpacs.consumer;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.UnreadableMessageException;

/** Reads records of the storage topic, and believes none that lacks what every step needs. */
final class StorageMessages {
  private static final MessageCodec<StorageMessage> CODEC = MessageCodec.of(StorageMessage.class);
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

  private static StorageMessage complete(StorageMessage message) throws UnusableRecordException {
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
        orEmpty(message.sopClass()),
        text(message.sopInstance(), "SOPInstanceUID"),
        text(message.study(), "StudyInstanceUID"),
        text(message.series(), "SeriesInstanceUID"),
        orEmpty(message.patientId()),
        orEmpty(message.fileName()),
        message.fileSize(),
        text(message.filePath(), "FilePath"),
        message.dataSetOffset(),
        text(message.node(), "Node"),
        orEmpty(message.callingAe()),
        orEmpty(message.source()),
        message.received(),
        message.digest());
  }

  private static String text(String value, String member) throws UnusableRecordException {
    require(value != null && !value.isBlank(), member);
    return value;
  }

  private static String orEmpty(String value) {
    return Optional.ofNullable(value).orElse("");
  }

  private static void require(boolean holds, String member) throws UnusableRecordException {
    if (!holds) {
      throw new UnusableRecordException("the storage message lacks " + member);
    }
  }
}
