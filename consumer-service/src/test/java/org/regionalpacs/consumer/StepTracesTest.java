package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.tracing.ImageTraces;
import org.regionalpacs.tracing.Stretch;

/** A batch that was processed isn't to come again because nobody can be told of it. */
class StepTracesTest {
  @Test
  void givenTracesThatFail_whenABatchIsToldOf_thenNothingFails(@TempDir Path online) {
    StorageMessage message = new AcceptedObjects(online).accept(SampleObjects.newStudy().image(1));
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(Topics.STORAGE, 0, 0, message.study(), new byte[0]);
    List<StorageRecord> batch = List.of(new StorageRecord(record, message));

    assertThatCode(() ->
            new StepTraces(new Failing())
                .told(new Nothing(), batch, StepResult.DONE, Instant.now()))
        .doesNotThrowAnyException();
  }

  private static final class Nothing implements Step {
    @Override
    public String group() {
      return "nothing";
    }

    @Override
    public StepResult process(List<StorageRecord> batch) {
      return StepResult.DONE;
    }
  }

  private static final class Failing implements ImageTraces {
    @Override
    public boolean follows(UUID reception) {
      return true;
    }

    @Override
    public void received(Stretch stretch) {
      throw new IllegalStateException("of a test");
    }

    @Override
    public void went(Stretch stretch) {
      throw new IllegalStateException("of a test");
    }
  }
}
