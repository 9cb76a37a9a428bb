package org.regionalpacs.wado;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.index.CountWriter;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.IndexedInstance;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.QueryTagSet;
import org.regionalpacs.index.ReceivedObject;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.intake.OnlineStore;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;

/** Does what the consumer service does: from storage messages to index, locations and counts. */
final class Indexer implements AutoCloseable {
  private final MessageCodec<StorageMessage> codec = MessageCodec.of(StorageMessage.class);
  private final KafkaConsumer<String, byte[]> messages;
  private final OnlineStore online;
  private final IndexWriter index;
  private final LocationWriter locations;
  private final CountWriter counts;

  Indexer(
      String kafka,
      OnlineStore online,
      IndexWriter index,
      LocationWriter locations,
      CountWriter counts) {
    this.messages =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "enable.auto.commit", "false"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    this.online = online;
    this.index = index;
    this.locations = locations;
    this.counts = counts;
  }

  /** Passes over all messages there are. */
  synchronized void skipAll() {
    List<TopicPartition> partitions =
        messages.partitionsFor(Topics.STORAGE).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    messages.assign(partitions);
    messages.seekToEnd(partitions);
    partitions.forEach(messages::position);
  }

  /** Waits for so many messages and indexes them. */
  synchronized List<StorageMessage> index(int expected) {
    return index(expected, QueryTagSet.NONE);
  }

  /** The same by extended query tags. */
  synchronized List<StorageMessage> index(int expected, QueryTagSet tags) {
    List<StorageMessage> received = receive(expected);
    index(received, tags);
    return received;
  }

  /** Waits for so many messages and indexes them; nobody counts the studies. */
  synchronized void indexUncounted(int expected) {
    place(receive(expected), QueryTagSet.NONE);
  }

  private List<StorageMessage> receive(int expected) {
    List<StorageMessage> received = new ArrayList<>();
    Instant limit = Instant.now().plusSeconds(90);
    while (received.size() < expected && Instant.now().isBefore(limit)) {
      for (ConsumerRecord<String, byte[]> record : messages.poll(Duration.ofMillis(200))) {
        received.add(codec.decode(record.value()));
      }
    }
    if (received.size() != expected) {
      throw new AssertionError(received.size() + " storage messages instead of " + expected);
    }
    return received;
  }

  /** Indexes messages, perhaps once more. */
  void index(List<StorageMessage> received) {
    index(received, QueryTagSet.NONE);
  }

  private void index(List<StorageMessage> received, QueryTagSet tags) {
    place(received, tags);
    while (counts.recount(100) > 0) {
      // Until all are counted.
    }
  }

  private void place(List<StorageMessage> received, QueryTagSet tags) {
    index.index(received.stream().map(message -> indexed(message, tags)).toList());
    locations.upsert(received.stream().map(this::placed).toList());
  }

  private IndexedInstance indexed(StorageMessage message, QueryTagSet tags) {
    ReceivedObject object =
        new ReceivedObject(
            message.tenant(),
            message.receptionId(),
            message.study(),
            message.series(),
            message.sopInstance(),
            message.sopClass(),
            message.transferSyntax(),
            message.digest(),
            message.fileSize(),
            message.dataSetOffset(),
            message.received(),
            message.patientId());
    return IndexedInstance.of(object, header(message), tags);
  }

  private Attributes header(StorageMessage message) {
    try (DicomInputStream in = DicomInputStream.ofFile(online.resolve(message.filePath()))) {
      in.bulkDataThreshold(4096);
      try {
        return in.readDataSet();
      } catch (IOException damaged) {
        return in.readSoFar();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LocationWriter.PlacedObject placed(StorageMessage message) {
    ObjectLocation location =
        new ObjectLocation(
            ObjectLocation.ONLINE, message.node(), message.filePath(), 0, message.fileSize());
    ReceptionKey key =
        new ReceptionKey(
            message.tenant(),
            message.study(),
            message.series(),
            message.sopInstance(),
            message.receptionId());
    return new LocationWriter.PlacedObject(key, location);
  }

  @Override
  public void close() {
    messages.close();
  }
}
