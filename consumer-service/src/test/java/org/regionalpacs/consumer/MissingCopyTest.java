package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** An archived copy that was found missing is made again when its object is announced again. */
@IntegrationTest
@TestPropertySource(
    properties = {
      "spring.config.name=application,consumer",
      "pacs.indexer.enabled=false",
      "pacs.archiver.enabled=false"
    })
class MissingCopyTest {
  private static final MessageCodec<StorageMessage> CODEC = MessageCodec.of(StorageMessage.class);

  @TempDir static Path folder;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) {
    registry.add("pacs.online.root", () -> folder.resolve("online"));
    registry.add("pacs.archive.root", () -> folder.resolve("archive"));
    registry.add("pacs.derived.root", () -> folder.resolve("derived"));
  }

  @Autowired List<Step> steps;
  @Autowired JdbcClient jdbc;

  private final AcceptedObjects intake = new AcceptedObjects(folder.resolve("online"));

  @Test
  void givenACopyThatIsMissing_whenItsMessageComesAgain_thenItIsCopiedAgain() throws Exception {
    StorageMessage message = intake.accept(SampleObjects.newStudy().image(1));
    archive(message);
    Path copy = copyOf(message);
    byte[] content = Files.readAllBytes(copy);
    Files.delete(copy);
    archive(message);
    assertThat(copy).as("nobody has looked yet").doesNotExist();
    jdbc.sql("update location set state = 'missing' where reception_id = ? and store = 'local'")
        .param(message.receptionId())
        .update();

    archive(message);

    assertThat(copy).hasBinaryContent(content);
    assertThat(
            jdbc.sql("select state from location where reception_id = ? and store = 'local'")
                .param(message.receptionId())
                .query(String.class)
                .single())
        .isEqualTo("available");
  }

  private Path copyOf(StorageMessage message) {
    String blob =
        jdbc.sql("select blob_id from location where reception_id = ? and store = 'local'")
            .param(message.receptionId())
            .query(String.class)
            .single();
    return folder.resolve("archive").resolve(blob);
  }

  private void archive(StorageMessage message) throws Exception {
    Step archiver =
        steps.stream().filter(one -> one.group().equals("archiver")).findFirst().orElseThrow();
    StorageRecord record =
        new StorageRecord(
            new ConsumerRecord<>(Topics.STORAGE, 0, 0, message.study(), CODEC.encode(message)),
            message);
    assertThat(archiver.process(List.of(record))).isEqualTo(StepResult.DONE);
  }
}
