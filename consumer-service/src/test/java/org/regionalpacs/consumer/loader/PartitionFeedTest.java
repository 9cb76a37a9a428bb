package org.regionalpacs.consumer.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class PartitionFeedTest {
  private static final TopicPartition PARTITION = new TopicPartition("log_queue", 3);
  private static final long SECOND = 1_000_000_000;
  private static final LoaderProperties LIMITS =
      new LoaderProperties(
          true, 1, 5, DataSize.ofKilobytes(1), Duration.ofSeconds(3), 2, Duration.ZERO);

  @Test
  void givenRecordsThatWaited_whenTheyAreOld_thenTheyAreCutAndNotBefore() {
    PartitionFeed feed = feed(Progress.at(10));
    feed.add(records(10, 11), 12, 0);

    assertThat(feed.wanted(3 * SECOND - 1)).isEmpty();
    assertThat(feed.wanted(3 * SECOND)).contains(Progress.at(10).until(11));
  }

  @Test
  void givenWhatIsLeftOfALoadedBatch_whenItIsOld_thenItIsCutToo() {
    PartitionFeed feed = feed(Progress.at(10));
    feed.add(records(10, 16), 17, SECOND);
    Progress cut = feed.wanted(SECOND).orElseThrow();
    assertThat(cut).isEqualTo(Progress.at(10).until(14));
    feed.committed(cut);
    assertThat(feed.open()).isFalse();
    assertThat(feed.toLoad().orElseThrow().records()).hasSize(5);
    feed.committed(cut.loaded());

    assertThat(feed.records()).isEqualTo(2);
    assertThat(feed.open()).isTrue();
    assertThat(feed.wanted(4 * SECOND - 1)).isEmpty();
    assertThat(feed.wanted(4 * SECOND)).contains(Progress.at(15).until(16));
  }

  @Test
  void givenABatchThatHasBegun_whenOnlyAPartIsRead_thenItWaitsForTheRestAndReadsOn() {
    PartitionFeed feed = feed(Progress.at(10).until(30));
    feed.add(records(10, 25), 26, 0);
    assertThat(feed.wanted(100 * SECOND)).isEmpty();
    assertThat(feed.toLoad()).isEmpty();
    assertThat(feed.open()).isTrue();

    // Transaction markers have offsets, and aren't delivered.
    feed.add(records(26, 28), 31, 0);
    Range range = feed.toLoad().orElseThrow();
    assertThat(range.records()).hasSize(19);
    assertThat(range.label("c.1")).isEqualTo("c_1-log_queue-3-10-30");
  }

  @Test
  void givenATopicThatBeginsAnew_whenRead_thenWhatWasReadIsForgotten() {
    PartitionFeed feed = feed(Progress.at(10).until(30));
    feed.add(records(10, 15), 16, 0);

    feed.add(records(0, 4), 5, 0);

    assertThat(feed.records()).isEqualTo(5);
    assertThat(feed.wanted(0)).contains(Progress.at(0).until(4));
  }

  private static PartitionFeed feed(Progress progress) {
    return new PartitionFeed(PARTITION, progress, 1000, LIMITS);
  }

  private static List<ConsumerRecord<String, byte[]>> records(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(offset ->
            new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, "", new byte[9]))
        .toList();
  }
}
