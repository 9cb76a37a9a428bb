package org.regionalpacs.consumer.archiver;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.consumer.Precedence;
import org.regionalpacs.consumer.StepRunner;
import org.regionalpacs.messages.Topics;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class ArchiverListener {
  private final StepRunner runner;
  private final Archiver archiver;
  private final Precedence indexer;

  ArchiverListener(StepRunner runner, Archiver archiver, Precedence indexer) {
    this.runner = runner;
    this.archiver = archiver;
    this.indexer = indexer;
  }

  @KafkaListener(
      id = Archiver.GROUP,
      topics = Topics.STORAGE,
      containerFactory = "storageListeners",
      autoStartup = "${pacs.archiver.enabled}",
      concurrency = "${pacs.archiver.consumers}",
      properties = {
        "max.poll.records=${pacs.archiver.batch}",
        "fetch.min.bytes=${pacs.archiver.fetch-bytes}",
        "fetch.max.wait.ms=${pacs.archiver.fetch-wait-ms}",
        "max.poll.interval.ms=${pacs.archiver.longest-batch-ms}"
      })
  void receive(List<ConsumerRecord<String, byte[]>> delivery) {
    indexer.letPass(delivery);
    runner.run(archiver, delivery);
  }
}
