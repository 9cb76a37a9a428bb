package org.regionalpacs.standalone;

import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/**
 * Which dead letter: {@code storage_queue.dlt-0-17} is the one at offset 17 of partition 0.
 *
 * @param topic of dead letters
 */
record LetterId(String topic, int partition, long offset) implements Comparable<LetterId> {
  static final String SUFFIX = ".dlt";

  static LetterId parse(String text) {
    try {
      int offset = text.lastIndexOf('-');
      int partition = text.lastIndexOf('-', offset - 1);
      LetterId id =
          new LetterId(
              text.substring(0, partition),
              Integer.parseUnsignedInt(text.substring(partition + 1, offset)),
              Long.parseUnsignedLong(text.substring(offset + 1)));
      if (id.topic.endsWith(SUFFIX)) {
        return id;
      }
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      // Told below.
    }
    throw new Complaint(
        text + " isn't the ID of a dead letter: ./pacs dlt list shows them", Complaint.USAGE);
  }

  TopicPartition topicPartition() {
    return new TopicPartition(topic, partition);
  }

  @Override
  public int compareTo(LetterId other) {
    return Comparator.comparing(LetterId::topic)
        .thenComparing(LetterId::partition)
        .thenComparing(LetterId::offset)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "-" + offset;
  }
}
