package org.regionalpacs.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.regionalpacs.messages.Topics;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaTemplate;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@Import(RealServices.class)
class RealServicesTest {
  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {}

  @Autowired JdbcTemplate jdbc;
  @Autowired KafkaTemplate<Object, Object> kafka;
  @Autowired StringRedisTemplate redis;

  @Test
  void givenASpringContext_thenAllThreeAreConnected() throws Exception {
    assertThat(jdbc.queryForObject("select 1", Integer.class)).isEqualTo(1);
    redis.opsForValue().set("key", "value");
    assertThat(redis.opsForValue().get("key")).isEqualTo("value");
    var sent = kafka.send(Topics.STORAGE, "key", "value").get(20, TimeUnit.SECONDS);
    assertThat(sent.getRecordMetadata().hasOffset()).isTrue();
  }

  @Test
  void givenTwoAskForADatabase_thenEachHasItsOwn() throws Exception {
    Set<String> urls = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      Database database = RealServices.postgres();
      urls.add(database.url());
      try (Connection connection = database.connect();
          var statement = connection.createStatement()) {
        statement.execute("create table only_here ()");
      }
    }
    assertThat(urls).hasSize(2);
  }

  @Test
  void givenABroker_thenItHasTheTopicsAndTheirDeadLetters() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", RealServices.kafkaBootstrap()))) {
      assertThat(admin.listTopics().names().get())
          .contains(Topics.STORAGE, Topics.STORAGE + ".dlt", Topics.LOG)
          .containsAll(Topics.RETENTION_MS.keySet());
    }
  }
}
