package org.regionalpacs.consumer.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.consumer.ConsumerApplication;
import org.regionalpacs.intake.OnlineStore;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;

/** What an operator is answered when a rebuild can't begin; ComposedProductIT has those that do. */
class RebuildCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private int run(String... arguments) {
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return new RebuildCommand(ConsumerApplication.class, out).run(List.of(arguments));
  }

  private int rebuild(String database, String kafka) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--yes",
                "--spring.config.name=application,consumer",
                "--spring.kafka.bootstrap-servers=" + kafka,
                "--spring.datasource.url=" + database,
                "--spring.datasource.hikari.connection-timeout=1000",
                "--spring.kafka.admin.properties.default.api.timeout.ms=3000",
                "--spring.kafka.admin.properties.request.timeout.ms=2000"));
    for (String each : List.of("online", "archive", "derived", "catalogue")) {
      arguments.add("--pacs." + each + ".root=" + folder.resolve(each));
    }
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void givenNobodyConfirmed_thenItTellsWhatItWouldDoAndDoesNothing() {
    assertThat(run("--forget-missing")).isEqualTo(2);

    assertThat(said.toString(StandardCharsets.UTF_8)).contains("rebuild --yes [--forget-missing]");
  }

  @Test
  void givenTheDatabaseIsAway_thenItIsToldWithoutAStackTrace() throws Exception {
    OnlineStore.open(folder.resolve("online"));
    String nowhere = "jdbc:postgresql://127.0.0.1:1/none";

    assertThat(rebuild(nowhere, RealServices.kafkaBootstrap())).isEqualTo(1);

    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("can't")
        .doesNotContain("\tat ")
        .hasLineCount(1);
  }

  @Test
  void givenKafkaIsAway_thenItIsToldWithoutAStackTrace() throws Exception {
    OnlineStore.open(folder.resolve("online"));
    Database database = RealServices.postgres();
    String url =
        "%s?user=%s&password=%s".formatted(database.url(), database.user(), database.password());

    assertThat(rebuild(url, "127.0.0.1:1")).isEqualTo(1);

    assertThat(said.toString(StandardCharsets.UTF_8)).contains("Kafka").doesNotContain("\tat ");
  }
}
