package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class StorageQueueTest {
  @Test
  void givenAnOperatorsSettings_whenProducing_thenPromisesStayAndMessagesShareRequests() {
    Map<String, Object> operators =
        Map.of(
            ProducerConfig.ACKS_CONFIG,
            "1",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            false,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            5,
            ProducerConfig.CLIENT_ID_CONFIG,
            "theirs");

    assertThat(StorageQueue.settings(operators, Duration.ofSeconds(8)))
        .containsEntry(ProducerConfig.CLIENT_ID_CONFIG, "theirs")
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
        .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
        .containsEntry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000)
        .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)
        .containsEntry(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
  }
}
