package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.messages.DeadLetterHeaders;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.SampleObjects;

/** One bad message among good ones. */
class PoisonTest extends RunningConsumers {
  private static final String LETTERS = Topics.deadLetters(Topics.STORAGE);

  @Test
  void givenAValueThatTheDatabaseRefuses_whenIndexed_thenItAloneIsPutAside() {
    jdbc.sql("alter table instance add constraint poison check (sop_class <> '9.9.9')").update();
    try {
      List<StorageMessage> messages = new ArrayList<>(intake.accept(study, 40));
      messages.add(17, intake.accept(study.image(99).setString(Tag.SOPClassUID, "9.9.9")));

      send(messages);

      await().atMost(PATIENCE).until(() -> indexed(study).size() == 40);
      awaitNoLag();
      List<ConsumerRecord<String, byte[]>> letters = deadLetters(study);
      assertThat(letters).hasSize(1);
      assertThat(header(letters.getFirst(), DeadLetterHeaders.GROUP)).isEqualTo("indexer");
      assertThat(header(letters.getFirst(), DeadLetterHeaders.CAUSE))
          .startsWith("the database refuses it")
          .doesNotContain(study.studyUid());
    } finally {
      jdbc.sql("alter table instance drop constraint poison").update();
    }
  }

  @Test
  void givenTextsThatNoTableKeeps_whenDelivered_thenTheyAreDeadLettersAndNotAnOutage() {
    StorageMessage good = intake.accept(study.image(1));
    String json = new String(STORAGE.encode(good), java.nio.charset.StandardCharsets.UTF_8);
    raw(study, json.replace(good.sopInstance(), "1." + "2".repeat(5000)));
    raw(study, json.replace(good.series(), good.series() + "\\u0000"));
    raw(study, json.replace(good.node(), "n\\u0000"));
    StorageMessage oddClass = intake.accept(study.image(2));
    raw(
        study,
        new String(STORAGE.encode(oddClass), java.nio.charset.StandardCharsets.UTF_8)
            .replace("\"SOPClassUID\":\"" + oddClass.sopClass(), "\"SOPClassUID\":\"\\u0000x"));
    send(List.of(good));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(indexed(study))
                .containsExactlyInAnyOrder(good.sopInstance(), oddClass.sopInstance()));
    awaitNoLag();
    assertThat(deadLetters(study))
        .hasSize(6)
        .allMatch(letter ->
            header(letter, DeadLetterHeaders.CAUSE).contains("the storage message lacks a usable"));
  }

  @Test
  void givenTheDeadLetterTopicIsAway_whenThereIsPoison_thenItWaitsAndNothingIsLost()
      throws Exception {
    SampleObjects next = SampleObjects.newStudy();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.getBootstrapServers()))) {
      admin.deleteTopics(List.of(LETTERS)).all().get(30, TimeUnit.SECONDS);
      try {
        raw(study, "no JSON");
        send(intake.accept(study, 3));
        await()
            .during(Duration.ofSeconds(5))
            .atMost(PATIENCE)
            .until(() -> lag("indexer") > 0 && lag("archiver") > 0);
      } finally {
        NewTopic letters = new NewTopic(LETTERS, 1, (short) 1);
        admin.createTopics(List.of(letters)).all().get(30, TimeUnit.SECONDS);
      }
    }
    send(intake.accept(next, 1));
    awaitIndexedAndArchived(study, 3);
    awaitIndexedAndArchived(next, 1);
    awaitNoLag();
    assertThat(deadLetters(study).stream().map(one -> header(one, DeadLetterHeaders.GROUP)))
        .contains("indexer", "archiver");
  }

  @Test
  void givenALetterThatIsReplayedForOneGroup_whenDelivered_thenOthersPassOverIt() {
    StorageMessage message = intake.accept(study.image(1));
    ProducerRecord<String, byte[]> replay =
        new ProducerRecord<>(Topics.STORAGE, message.study(), STORAGE.encode(message));
    replay.headers().add(DeadLetterHeaders.REPLAY_GROUP, "indexer".getBytes());

    publisher.publish(List.of(replay));

    await().atMost(PATIENCE).until(() -> indexed(study).size() == 1);
    awaitNoLag();
    assertThat(archived(study)).isEmpty();
  }
}
