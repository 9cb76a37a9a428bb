package org.regionalpacs.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Makes the topics and their dead letter topics where they don't exist; import it into every
 * service that writes or reads them, because any of them may be the first to start.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicsProperties.class)
public class TopicsConfiguration {

  @Bean
  KafkaAdmin.NewTopics pacsTopics(TopicsProperties properties) {
    List<NewTopic> topics = new ArrayList<>();
    Topics.RETENTION_MS.forEach((name, retention) -> {
      topics.add(topic(name, properties.partitions(), properties.replicas(), retention));
      // An operator decides what becomes of dead letters, so time alone removes none; one
      // partition keeps them in the order in which they failed.
      topics.add(topic(Topics.deadLetters(name), 1, properties.replicas(), -1));
    });
    return new KafkaAdmin.NewTopics(topics.toArray(NewTopic[]::new));
  }

  @Bean
  TopicsCreator topicsCreator(KafkaAdmin admin) {
    return new TopicsCreator(admin);
  }

  private static NewTopic topic(String name, int partitions, int replicas, long retention) {
    return TopicBuilder.name(name)
        .partitions(partitions)
        .replicas(replicas)
        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention)))
        .build();
  }
}
