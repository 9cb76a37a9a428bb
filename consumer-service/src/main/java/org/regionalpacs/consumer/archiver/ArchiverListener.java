package org.regionalpacs.consumer.archiver;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.consumer.StepRunner;
import org.regionalpacs.messages.Topics;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class ArchiverListener {
  private final StepRunner runner;
  private final Archiver archiver;

  ArchiverListener(StepRunner runner, Archiver archiver) {
    this.runner = runner;
    this.archiver = archiver;
  }

  @KafkaListener(
      id = Archiver.GROUP,
      topics = Topics.STORAGE,
      containerFactory = "storageListeners",
      autoStartup = "${pacs.archiver.enabled}",
      concurrency = "${pacs.archiver.consumers}",
      properties = {
        "max.poll.records=${pacs.archiver.batch}",
        "max.poll.interval.ms=${pacs.archiver.longest-batch-ms}"
      })
  void receive(List<ConsumerRecord<String, byte[]>> delivery) {
    runner.run(archiver, delivery);
  }
}
