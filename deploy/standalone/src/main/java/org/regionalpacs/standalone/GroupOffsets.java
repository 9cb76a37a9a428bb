package org.regionalpacs.standalone;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.regionalpacs.messages.Topics;

/** How far the groups that read storage_queue have come, to be changed while nobody reads. */
final class GroupOffsets implements AutoCloseable {
  private static final int SECONDS = 20;

  /** A group whose members were killed is empty after their session has ended. */
  private static final long EMPTY_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Admin admin;

  GroupOffsets(String bootstrap) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
  }

  /**
   * Sets every group back to the first record since a time; those that are behind it stay.
   *
   * @return how many records each group will read again
   */
  Map<String, Long> rewind(Instant since) throws IOException, InterruptedException {
    Map<String, Long> again = new TreeMap<>();
    try {
      var groups =
          admin
              .listGroups(ListGroupsOptions.forConsumerGroups())
              .all()
              .get(SECONDS, TimeUnit.SECONDS);
      for (GroupListing group : groups) {
        long records = rewind(group.groupId(), since);
        if (records > 0) {
          again.put(group.groupId(), records);
        }
      }
      return again;
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Kafka doesn't answer: " + e.getMessage(), e);
    }
  }

  private long rewind(String group, Instant since)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> read =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(SECONDS, TimeUnit.SECONDS);
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    read.keySet().stream()
        .filter(partition -> partition.topic().equals(Topics.STORAGE))
        .forEach(partition -> wanted.put(partition, OffsetSpec.forTimestamp(since.toEpochMilli())));
    Map<TopicPartition, ListOffsetsResultInfo> first =
        admin.listOffsets(wanted).all().get(SECONDS, TimeUnit.SECONDS);
    Map<TopicPartition, OffsetAndMetadata> back = new HashMap<>();
    long records = 0;
    for (var entry : first.entrySet()) {
      long before = read.get(entry.getKey()).offset();
      long offset = entry.getValue().offset();
      // -1: nothing came since.
      if (offset >= 0 && offset < before) {
        back.put(entry.getKey(), new OffsetAndMetadata(offset));
        records += before - offset;
      }
    }
    set(group, back);
    return records;
  }

  private void set(String group, Map<TopicPartition, OffsetAndMetadata> offsets)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (offsets.isEmpty()) {
      return;
    }
    long deadline = System.nanoTime() + EMPTY_NANOS;
    while (true) {
      try {
        admin.alterConsumerGroupOffsets(group, offsets).all().get(SECONDS, TimeUnit.SECONDS);
        return;
      } catch (ExecutionException e) {
        boolean inUse =
            e.getCause() instanceof UnknownMemberIdException
                || e.getCause() instanceof GroupNotEmptyException;
        if (!inUse || System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(500);
      }
    }
  }

  @Override
  public void close() {
    admin.close(java.time.Duration.ofSeconds(2));
  }
}
