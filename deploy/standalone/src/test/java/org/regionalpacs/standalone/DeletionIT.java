package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.ExternalTool;

/** Deleting in the running product, as its users do: storescu, DELETE, QIDO-RS, files, Kafka. */
class DeletionIT {
  private static final Duration SOON = Duration.ofMinutes(5);
  private static final MessageCodec<StorageMessage> STORAGE = MessageCodec.of(StorageMessage.class);

  @TempDir static Path dir;
  private static RunningProduct product;

  @BeforeAll
  static void up() throws Exception {
    ExternalTool.named("storescu");
    product = SharedProduct.get();
  }

  @Test
  void givenAStudy_whenDeletedAndCleaned_thenNothingIsLeftAndItsMessagesBringNothingBack()
      throws Exception {
    CtStudy study = sent("cleaned", 2, 3);
    List<StorageMessage> messages = messages(study);
    assertThat(messages).hasSize(6);
    await().atMost(SOON).until(() -> archived(study).size() == 12);

    assertThat(delete(study)).isEqualTo(204);

    assertThat(found(study)).isZero();
    assertThat(retrieved(study)).isEqualTo(404);
    await().atMost(SOON).until(() -> online(study).isEmpty() && archived(study).isEmpty());
    assertThat(journal(study)).isEqualTo(1);
    resend(messages);
    await().atMost(SOON).until(() -> status().contains("archiver"));
    CtStudy next = sent("next", 1, 1);
    await().atMost(SOON).until(() -> archived(next).size() == 2);
    assertThat(found(study)).isZero();
    assertThat(online(study)).isEmpty();
    assertThat(archived(study)).isEmpty();
    assertThat(delete(study)).isEqualTo(404);

    assertThat(storescu("cleaned").code()).isZero();
    await().atMost(SOON).until(() -> instances(study) == 6);
    await().atMost(SOON).until(() -> archived(study).size() == 12);
    assertThat(online(study)).hasSize(6);
  }

  @Test
  void givenADeletion_whenTheSameIsSentAtOnce_thenItIsThereAgainAsNewObjects() throws Exception {
    CtStudy study = sent("at-once", 1, 4);
    List<UUID> before = receptions(study);
    assertThat(delete(study)).isEqualTo(204);
    assertThat(storescu("at-once").code()).isZero();

    await().atMost(SOON).until(() -> instances(study) == 4);
    await().atMost(SOON).until(() -> online(study).size() == 4);
    await().atMost(SOON).until(() -> archived(study).size() == 8);
    assertThat(receptions(study)).hasSizeGreaterThanOrEqualTo(8).containsAll(before);
    for (Path file : archived(study)) {
      assertThat(before.stream().map(UUID::toString))
          .noneMatch(dead -> file.getFileName().toString().startsWith(dead));
    }
    await().atMost(SOON).until(() -> retrieved(study) == 200);
  }

  /** Over and over, with deletions in between: what was accepted last is there in the end. */
  @Test
  void givenDeletionsWhileTheStudyIsSent_whenAllEnds_thenTheLastSendingIsThere() throws Exception {
    CtStudy study = sent("again", 1, 5);
    for (int round = 0; round < 6; round++) {
      assertThat(delete(study)).isIn(204, 404);
      assertThat(storescu("again").code()).isZero();
    }

    await().atMost(SOON).until(() -> instances(study) == 5 && online(study).size() == 5);
    await().atMost(SOON).until(() -> retrieved(study) == 200);
    await().atMost(SOON).until(() -> archived(study).size() == 10);
  }

  private static CtStudy sent(String name, int series, int instances) throws Exception {
    CtStudy study = CtStudy.write(dir.resolve(name), series, instances);
    ExternalTool.Outcome outcome = storescu(name);
    assertThat(outcome.code()).as(outcome.output()).isZero();
    await().atMost(SOON).until(() -> instances(study) == series * instances);
    return study;
  }

  private static ExternalTool.Outcome storescu(String name) {
    return ExternalTool.named("storescu")
        .run(
            "-aec",
            "REGIONAL_PACS",
            "+sd",
            "+r",
            "127.0.0.1",
            product.dicomPort(),
            dir.resolve(name));
  }

  private static int delete(CtStudy study) throws Exception {
    return product.dicomWeb().delete("/studies/" + study.studyUid());
  }

  private static int found(CtStudy study) throws Exception {
    return product.dicomWeb().json("/studies?StudyInstanceUID=" + study.studyUid()).size();
  }

  private static int instances(CtStudy study) throws Exception {
    return product.dicomWeb().json("/studies/" + study.studyUid() + "/instances").size();
  }

  private static int retrieved(CtStudy study) throws Exception {
    HttpResponse<byte[]> answer = product.dicomWeb().get("/studies/" + study.studyUid());
    return answer.statusCode();
  }

  private static String status() throws Exception {
    return PacsProcess.run("status", "--data", product.data()).output();
  }

  private static List<Path> online(CtStudy study) throws IOException {
    List<Path> files = files("online/default/" + study.studyUid());
    // Only this class deletes here.
    files.addAll(files("online/.deleted").stream().filter(DeletionIT::isObject).toList());
    return files;
  }

  private static boolean isObject(Path file) {
    return file.toString().endsWith(".dcm");
  }

  private static List<Path> archived(CtStudy study) throws IOException {
    return files("archive/default/" + study.studyUid());
  }

  private static long journal(CtStudy study) throws IOException {
    long copies = 0;
    for (Path copy : files("archive/_deletions/default")) {
      copies += Files.readString(copy).contains(study.studyUid()) ? 1 : 0;
    }
    return copies;
  }

  private static List<Path> files(String below) throws IOException {
    Path folder = product.data().resolve(below);
    if (Files.notExists(folder)) {
      return new ArrayList<>();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return new ArrayList<>(files.filter(Files::isRegularFile).toList());
    } catch (java.io.UncheckedIOException e) {
      // Folders go while they are walked.
      return new ArrayList<>(List.of(folder));
    }
  }

  private static List<UUID> receptions(CtStudy study) {
    return messages(study).stream().map(StorageMessage::receptionId).distinct().toList();
  }

  private static List<StorageMessage> messages(CtStudy study) {
    List<StorageMessage> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", product.kafka()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.STORAGE).stream()
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (study.studyUid().equals(record.key())) {
            found.add(STORAGE.decode(record.value()));
          }
        }
      }
    }
    return found;
  }

  private static void resend(List<StorageMessage> messages) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", product.kafka()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (StorageMessage message : messages) {
        producer
            .send(new ProducerRecord<>(Topics.STORAGE, message.study(), STORAGE.encode(message)))
            .get();
      }
    }
  }
}
