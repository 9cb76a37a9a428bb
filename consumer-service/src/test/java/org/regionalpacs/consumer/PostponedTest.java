package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.SampleObjects;

/** Which failures are no reason to give a record up. */
class PostponedTest {
  @Test
  void givenSomethingIsAwaited_thenTheRecordIsNotGivenUpAndElseItIs(@TempDir Path online) {
    StorageMessage message = new AcceptedObjects(online).accept(SampleObjects.newStudy().image(1));
    StorageRecord record =
        new StorageRecord(
            new ConsumerRecord<>(Topics.CONVERT, 0, 0, message.study(), new byte[0]), message);
    IOException library = new AwaitedException("install libopenjp2-7", new IOException("no codec"));

    assertThat(Postponed.of(record, new IllegalStateException(library)).storeAway()).isTrue();
    assertThat(Postponed.of(record, new IOException("its own fault")).storeAway()).isFalse();
  }
}
