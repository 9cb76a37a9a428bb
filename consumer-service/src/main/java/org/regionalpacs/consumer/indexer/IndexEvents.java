package org.regionalpacs.consumer.indexer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.regionalpacs.consumer.Publisher;
import org.regionalpacs.consumer.converter.ConversionPolicy;
import org.regionalpacs.index.IndexResult;
import org.regionalpacs.index.IndexedInstance;
import org.regionalpacs.index.ReceivedObject;
import org.regionalpacs.index.SeriesState;
import org.regionalpacs.messages.ConvertMessage;
import org.regionalpacs.messages.DicomImageMessage;
import org.regionalpacs.messages.DicomStateMessage;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.springframework.stereotype.Component;

/**
 * Tells what the index has taken up, and what is wanted of it. A batch that comes again is told
 * again.
 */
@Component
class IndexEvents {
  private static final MessageCodec<DicomStateMessage> STATE =
      MessageCodec.of(DicomStateMessage.class);
  private static final MessageCodec<DicomImageMessage> IMAGE =
      MessageCodec.of(DicomImageMessage.class);
  private static final MessageCodec<ConvertMessage> CONVERT = MessageCodec.of(ConvertMessage.class);

  private final Publisher publisher;
  private final ConversionPolicy conversions;

  IndexEvents(Publisher publisher, ConversionPolicy conversions) {
    this.publisher = publisher;
    this.conversions = conversions;
  }

  /** Returns when Kafka has all of them. */
  void publish(IndexResult result, List<ObjectHeader> objects) {
    Map<UUID, ObjectHeader> headers =
        objects.stream()
            .collect(
                Collectors.toMap(
                    object -> object.record().message().receptionId(),
                    object -> object,
                    (first, _) -> first));
    Instant now = Instant.now();
    List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    for (SeriesState series : result.series()) {
      records.add(
          new ProducerRecord<>(Topics.DICOM_STATE, series.study(), STATE.encode(state(series))));
    }
    for (IndexedInstance instance : result.current()) {
      ReceivedObject object = instance.object();
      ObjectHeader header = headers.get(object.receptionId());
      DicomImageMessage image = image(object, now, header.attributes());
      records.add(new ProducerRecord<>(Topics.DICOM_IMAGE, object.study(), IMAGE.encode(image)));
      convert(header).ifPresent(records::add);
    }
    publisher.publish(records);
  }

  private Optional<ProducerRecord<String, byte[]>> convert(ObjectHeader header) {
    StorageMessage object = header.record().message();
    List<ConvertMessage.Wanted> wanted = conversions.wanted(object, header.attributes());
    return wanted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ProducerRecord<>(
                Topics.CONVERT,
                object.study(),
                CONVERT.encode(new ConvertMessage(ConvertMessage.SCHEMA_VERSION, object, wanted))));
  }

  private static DicomStateMessage state(SeriesState series) {
    return new DicomStateMessage(
        DicomStateMessage.SCHEMA_VERSION,
        series.tenant(),
        series.study(),
        series.series(),
        series.patientId(),
        series.modality(),
        series.studyDate(),
        series.changeNumber(),
        series.changed(),
        series.created());
  }

  private static DicomImageMessage image(
      ReceivedObject object, Instant indexed, Map<String, String> attributes) {
    return new DicomImageMessage(
        DicomImageMessage.SCHEMA_VERSION,
        object.receptionId(),
        object.tenant(),
        object.study(),
        object.series(),
        object.sop(),
        object.sopClass(),
        object.transferSyntax(),
        object.size(),
        object.received(),
        indexed,
        attributes);
  }
}
