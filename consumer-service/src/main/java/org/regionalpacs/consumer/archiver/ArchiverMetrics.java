package org.regionalpacs.consumer.archiver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.regionalpacs.consumer.Delays;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.storage.StorageProperties;
import org.springframework.stereotype.Component;

/** How much is archived, how long after its reception, and how much room the archive has. */
@Component
class ArchiverMetrics {
  private final Counter objects;
  private final Counter bytes;
  private final Timer delay;

  ArchiverMetrics(StorageProperties storage, MeterRegistry meters) {
    this.objects = meters.counter("pacs.archived.objects");
    this.bytes = meters.counter("pacs.archived.bytes");
    this.delay =
        Delays.timer("pacs.archived.delay", "From the last byte of an object to its archived copy")
            .register(meters);
    if (storage.archive().store() == StorageProperties.Kind.LOCAL) {
      volume(storage.archive().root(), meters);
    }
  }

  private static void volume(Path root, MeterRegistry meters) {
    Gauge.builder("pacs.archive.free.bytes", root, path -> path.toFile().getUsableSpace())
        .description("Usable bytes of the local archive's volume")
        .strongReference(true)
        .register(meters);
    Gauge.builder("pacs.archive.size.bytes", root, path -> path.toFile().getTotalSpace())
        .description("Bytes of the local archive's volume, used and free")
        .strongReference(true)
        .register(meters);
  }

  /**
   * Copies were made and recorded.
   *
   * @param batch the records that they are of, and others
   */
  void archived(List<PlacedObject> recorded, List<StorageRecord> batch) {
    if (recorded.isEmpty()) {
      return;
    }
    objects.increment(recorded.size());
    bytes.increment(recorded.stream().mapToLong(object -> object.location().length()).sum());
    Map<UUID, Instant> received =
        batch.stream()
            .map(StorageRecord::message)
            .collect(
                Collectors.toMap(
                    message -> message.receptionId(),
                    message -> message.received(),
                    (first, _) -> first));
    Instant now = Instant.now();
    for (PlacedObject copy : recorded) {
      delay.record(Delays.between(received.get(copy.reception().receptionId()), now));
    }
  }
}
