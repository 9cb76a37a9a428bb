package org.regionalpacs.consumer.loader;

import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.regionalpacs.warehouse.WarehouseTable;

/**
 * What is loaded together: all records of a partition between two offsets.
 *
 * @param first offset; there may be no record of it
 * @param last offset; there may be no record of it
 * @param records those that are still there, in their order
 * @param done tables that have their rows already
 */
record Range(
    TopicPartition partition,
    long first,
    long last,
    List<ConsumerRecord<String, byte[]>> records,
    Set<WarehouseTable> done) {

  /**
   * Names the range for ever, in characters that labels may have.
   *
   * @param cluster id of the Kafka cluster
   */
  String label(String cluster) {
    return "%s-%s-%d-%d-%d"
        .formatted(cluster, partition.topic(), partition.partition(), first, last)
        .replaceAll("[^-_A-Za-z0-9]", "_");
  }
}
