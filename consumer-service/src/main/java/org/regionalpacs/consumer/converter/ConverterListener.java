package org.regionalpacs.consumer.converter;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.consumer.Precedence;
import org.regionalpacs.consumer.StepRunner;
import org.regionalpacs.messages.Topics;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class ConverterListener {
  private final StepRunner runner;
  private final Converter converter;
  private final Precedence indexer;

  ConverterListener(StepRunner runner, Converter converter, Precedence indexer) {
    this.runner = runner;
    this.converter = converter;
    this.indexer = indexer;
  }

  @KafkaListener(
      id = Converter.GROUP,
      topics = Topics.CONVERT,
      containerFactory = "storageListeners",
      autoStartup = "${pacs.converter.enabled}",
      concurrency = "${pacs.converter.consumers}",
      properties = {
        "max.poll.records=${pacs.converter.batch}",
        "max.poll.interval.ms=${pacs.converter.longest-batch-ms}"
      })
  void receive(List<ConsumerRecord<String, byte[]>> delivery) {
    indexer.letPass(delivery);
    runner.run(converter, delivery);
  }
}
