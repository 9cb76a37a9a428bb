package org.regionalpacs.consumer;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.index.Tombstones;
import org.springframework.stereotype.Component;

/** Messages of objects that were deleted, and may come late or again. */
@Component
public class DeadObjects {
  private final Tombstones tombstones;

  DeadObjects(Tombstones tombstones) {
    this.tombstones = tombstones;
  }

  /** The records of deleted objects. More may be deleted at any moment. */
  public List<StorageRecord> in(List<StorageRecord> batch) {
    Set<UUID> dead =
        tombstones
            .dead(batch.stream().map(record -> Places.reception(record.message())).toList())
            .keySet();
    return batch.stream().filter(record -> dead.contains(record.message().receptionId())).toList();
  }

  /**
   * Leaves out those whose files are gone because they were deleted meanwhile: that's no failure.
   * Those that may be processed later will be: only then it is known what is to be removed.
   */
  public StepResult without(StepResult failed, List<StorageRecord> batch) {
    if (failed.unusable().isEmpty()) {
      return failed;
    }
    Set<ConsumerRecord<String, byte[]>> dead =
        in(batch).stream().map(StorageRecord::record).collect(Collectors.toSet());
    return new StepResult(
        failed.unusable().stream().filter(letter -> !dead.contains(letter.record())).toList(),
        failed.later());
  }
}
