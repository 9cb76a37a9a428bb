package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.listener.MessageListenerContainer;

class PrecedenceFlowTest extends RunningConsumers {
  @Autowired Precedence precedence;

  @Test
  void givenABurst_whenObjectsArrive_thenTheyAreIndexedAtOnceAndTheRestIsDoneWhenItIsOver() {
    try (ScheduledExecutorService burst = Executors.newSingleThreadScheduledExecutor()) {
      precedence.indexing(500);
      burst.scheduleAtFixedRate(() -> precedence.indexing(500), 50, 50, TimeUnit.MILLISECONDS);
      send(intake.accept(study, 3));

      await().atMost(PATIENCE).until(() -> indexed(study).size() == 3);
      assertThat(archived(study)).isEmpty();
      assertThat(inWarehouse("dicom_image_meta", study)).isZero();
      burst.shutdownNow();
    }

    awaitIndexedAndArchived(study, 3);
    await().atMost(PATIENCE).until(() -> inWarehouse("dicom_image_meta", study) == 3);
  }

  @ParameterizedTest(name = "{0} waits {2} ms for {1} bytes of messages")
  @CsvSource({"indexer, 32768, 200", "archiver, 32768, 500"})
  void givenAListener_whenMessagesTrickleIn_thenItWaitsForABatch(
      String group, String bytes, String millis) {
    MessageListenerContainer listener = listeners.getListenerContainer(group);
    assertThat(listener).isNotNull();
    Properties settings = listener.getContainerProperties().getKafkaConsumerProperties();

    assertThat(settings)
        .containsEntry("fetch.min.bytes", bytes)
        .containsEntry("fetch.max.wait.ms", millis);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "plan_cache_mode, force_generic_plan",
    "enable_seqscan, off",
    "enable_hashjoin, off",
    "enable_mergejoin, off"
  })
  void givenAConnection_whenAStatementIsPlanned_thenOncePerConnectionAndKeyByKey(
      String setting, String value) {
    assertThat(jdbc.sql("show " + setting).query(String.class).single()).isEqualTo(value);
  }
}
