package org.regionalpacs.messages;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the topics are made where they don't exist.
 *
 * @param partitions of every topic but the dead letters; the bound of consumers working side by
 *     side. More may be asked for later, fewer never take effect.
 * @param replicas copies of every record in the Kafka cluster; 3 wherever there are 3 brokers
 */
@ConfigurationProperties("pacs.topics")
public record TopicsProperties(@DefaultValue("6") int partitions, @DefaultValue("1") int replicas) {

  public TopicsProperties {
    requireBetween(partitions, 1, 1000, "partitions");
    requireBetween(replicas, 1, 9, "replicas");
  }

  private static void requireBetween(int value, int least, int most, String key) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "pacs.topics." + key + " is " + value + ", not " + least + " to " + most);
    }
  }
}
