package org.regionalpacs.consumer.indexer;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.consumer.Precedence;
import org.regionalpacs.consumer.StepRunner;
import org.regionalpacs.messages.Topics;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class IndexerListener {
  private final StepRunner runner;
  private final Indexer indexer;
  private final Precedence precedence;

  IndexerListener(StepRunner runner, Indexer indexer, Precedence precedence) {
    this.runner = runner;
    this.indexer = indexer;
    this.precedence = precedence;
  }

  @KafkaListener(
      id = Indexer.GROUP,
      topics = Topics.STORAGE,
      containerFactory = "storageListeners",
      autoStartup = "${pacs.indexer.enabled}",
      concurrency = "${pacs.indexer.consumers}",
      properties = {
        "max.poll.records=${pacs.indexer.batch}",
        "fetch.min.bytes=${pacs.indexer.fetch-bytes}",
        "fetch.max.wait.ms=${pacs.indexer.fetch-wait-ms}",
        "max.poll.interval.ms=${pacs.indexer.longest-batch-ms}"
      })
  void receive(List<ConsumerRecord<String, byte[]>> delivery) {
    precedence.indexing(delivery.size());
    runner.run(indexer, delivery);
  }
}
