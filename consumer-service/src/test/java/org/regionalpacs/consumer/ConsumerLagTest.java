package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.messages.ConsumerLag;
import org.regionalpacs.messages.ConsumerLag.Queue;
import org.regionalpacs.test.RealServices;

/** On a real Kafka, which common/messages has none of. */
class ConsumerLagTest {
  private static final String GROUP = "lag-test";
  private static final String OTHER = "lag-test-other";
  private static final String STAYS = "lag_test_stays";
  private static final String GOES = "lag_test_goes";

  private final Map<String, Object> connection =
      Map.of("bootstrap.servers", RealServices.kafkaBootstrap());
  private final Admin admin = Admin.create(connection);
  private final ConsumerLag lag = new ConsumerLag(RealServices.kafkaBootstrap());

  @BeforeEach
  void threeRecordsInEachOfTwoPartitions() throws Exception {
    List<NewTopic> topics =
        List.of(new NewTopic(STAYS, 2, (short) 1), new NewTopic(GOES, 1, (short) 1));
    admin.createTopics(topics).all().get(60, TimeUnit.SECONDS);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(connection, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < 6; i++) {
        producer.send(new ProducerRecord<>(STAYS, i % 2, "", "")).get(60, TimeUnit.SECONDS);
      }
    }
  }

  @AfterEach
  void close() throws Exception {
    Set<String> left = admin.listTopics().names().get(60, TimeUnit.SECONDS);
    List<String> own = Stream.of(STAYS, GOES).filter(left::contains).toList();
    admin.deleteTopics(own).all().get(60, TimeUnit.SECONDS);
    lag.close();
    admin.close();
  }

  @Test
  void givenAPartitionNobodyHasCommittedFor_thenAllOfItWaits() throws Exception {
    commit(GROUP, new TopicPartition(STAYS, 0), 1);

    assertThat(lag.byQueue(List.of(GROUP))).isEqualTo(Map.of(new Queue(GROUP, STAYS), 2L + 3L));
  }

  @Test
  void givenOtherGroupsAndOneThatIsNotThere_thenOnlyThoseAskedForAreTold() throws Exception {
    commit(GROUP, new TopicPartition(STAYS, 0), 3);
    commit(OTHER, new TopicPartition(STAYS, 0), 0);

    assertThat(lag.byQueue(List.of(GROUP, "lag-test-none")))
        .isEqualTo(Map.of(new Queue(GROUP, STAYS), 3L));
    assertThat(lag.byQueue(List.of("lag-test-none"))).isEmpty();
  }

  @Test
  void givenACommittedTopicThatIsDeleted_thenTheOthersAreStillTold() throws Exception {
    commit(GROUP, new TopicPartition(STAYS, 1), 3);
    commit(GROUP, new TopicPartition(GOES, 0), 0);
    assertThat(lag.byQueue(List.of(GROUP))).containsKey(new Queue(GROUP, GOES));

    admin.deleteTopics(List.of(GOES)).all().get(60, TimeUnit.SECONDS);

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> lag.byQueue(List.of(GROUP)).equals(Map.of(new Queue(GROUP, STAYS), 3L)));
  }

  private void commit(String group, TopicPartition partition, long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
        .all()
        .get(60, TimeUnit.SECONDS);
  }
}
