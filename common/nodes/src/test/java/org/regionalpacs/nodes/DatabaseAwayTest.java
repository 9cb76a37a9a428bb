package org.regionalpacs.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class DatabaseAwayTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ApplicationContextRunner service =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(NodeTaskConfiguration.class)
          .withBean(Node.class, () -> new Node("n"))
          .withBean(NodeTaskHandler.class, () -> Tasks.handler(name -> name));

  @Test
  void givenNoDatabase_whenAServiceStarts_thenItIsUpAtOnceAndItsHealthTells() {
    long start = System.nanoTime();
    service
        .withPropertyValues("pacs.node-tasks.database.url=jdbc:postgresql://127.0.0.1:1/none")
        .run(context -> {
          assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
          NodeTasksHealth health = context.getBean(NodeTasksHealth.class);
          await().untilAsserted(() -> assertThat(status(health)).isEqualTo("DEGRADED"));
        });
  }

  @Test
  void givenADatabaseThatTakesConnectionsAndIsSilent_whenAServiceStarts_thenItIsUpAtOnce()
      throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      long start = System.nanoTime();
      service
          .withPropertyValues(
              "pacs.node-tasks.database.url=jdbc:postgresql://127.0.0.1:%d/none"
                  .formatted(silent.getLocalPort()))
          .run(context -> {
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(Duration.ofSeconds(4));
            NodeTasksHealth health = context.getBean(NodeTasksHealth.class);
            await()
                .atMost(MINUTE)
                .untilAsserted(() -> assertThat(status(health)).isEqualTo("DEGRADED"));
          });
    }
  }

  @Test
  void givenADatabaseWithoutTheTable_whenItAppears_thenTasksAreDone() {
    try (Tasks tasks = Tasks.withoutSchema()) {
      NodeTaskExecutor executor = tasks.process(MINUTE, Tasks.handler(name -> name));
      await().until(() -> executor.failure().isPresent());

      tasks.makeSchema();
      tasks.plan("a");

      await().until(() -> tasks.isDone("a"));
      assertThat(executor.failure()).isEmpty();
      assertThat(status(new NodeTasksHealth(executor))).isEqualTo("UP");
    }
  }

  private static String status(NodeTasksHealth health) {
    Health now = health.health();
    return now.getStatus().getCode();
  }
}
