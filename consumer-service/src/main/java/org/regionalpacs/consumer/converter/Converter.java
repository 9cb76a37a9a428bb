package org.regionalpacs.consumer.converter;

import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.consumer.DeadObjects;
import org.regionalpacs.consumer.ParallelWork;
import org.regionalpacs.consumer.Places;
import org.regionalpacs.consumer.Step;
import org.regionalpacs.consumer.StepResult;
import org.regionalpacs.consumer.StorageMessages;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.consumer.UnusableRecordException;
import org.regionalpacs.index.RenditionKind;
import org.regionalpacs.index.Renditions;
import org.regionalpacs.messages.ConvertMessage;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.UnreadableMessageException;
import org.springframework.stereotype.Component;

/** Makes the renditions that are wanted of objects. */
@Component
class Converter implements Step {
  static final String GROUP = "converter";

  private static final MessageCodec<ConvertMessage> CODEC = MessageCodec.of(ConvertMessage.class);

  private final Conversion conversion;
  private final Renditions renditions;
  private final DeadObjects deadObjects;
  private final ConversionThreads threads;
  private final ParallelWork work;

  Converter(
      Conversion conversion,
      Renditions renditions,
      DeadObjects deadObjects,
      ConversionThreads threads,
      ConverterProperties properties) {
    this.conversion = conversion;
    this.renditions = renditions;
    this.deadObjects = deadObjects;
    this.threads = threads;
    this.work = new ParallelWork(properties.parallel());
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public StorageRecord read(ConsumerRecord<String, byte[]> record) throws UnusableRecordException {
    ConvertMessage message = message(record);
    if (message.schemaVersion() > ConvertMessage.SCHEMA_VERSION) {
      throw new UnusableRecordException("the convert message lacks a known SchemaVersion");
    }
    for (ConvertMessage.Wanted wanted : message.renditions()) {
      try {
        Goal.of(wanted);
      } catch (IllegalArgumentException e) {
        throw new UnusableRecordException("the convert message: " + e.getMessage(), e);
      }
    }
    return new StorageRecord(record, StorageMessages.complete(message.object()));
  }

  private static ConvertMessage message(ConsumerRecord<String, byte[]> record)
      throws UnusableRecordException {
    if (record.value() == null) {
      throw new UnusableRecordException("the record has no value");
    }
    try {
      ConvertMessage message = CODEC.decode(record.value());
      if (message == null) {
        throw new UnusableRecordException("not a convert message: null");
      }
      return message;
    } catch (UnreadableMessageException e) {
      throw new UnusableRecordException("not a convert message: " + e.getMessage(), e);
    }
  }

  @Override
  public StepResult process(List<StorageRecord> batch) throws Exception {
    Set<StorageRecord> dead = Set.copyOf(deadObjects.in(batch));
    for (StorageRecord record : dead) {
      for (RenditionKind kind : RenditionKind.values()) {
        renditions.abandon(Places.reception(record.message()), kind);
      }
    }
    List<StorageRecord> living = batch.stream().filter(record -> !dead.contains(record)).toList();
    return work.map(living, this::convert).leftUndone();
  }

  private Boolean convert(StorageRecord record) throws Exception {
    for (ConvertMessage.Wanted wanted : message(record.record()).renditions()) {
      threads.call(() -> {
        conversion.make(Places.reception(record.message()), Goal.of(wanted));
        return true;
      });
    }
    return true;
  }
}
