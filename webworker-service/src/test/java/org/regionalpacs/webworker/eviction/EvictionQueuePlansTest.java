package org.regionalpacs.webworker.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.LargeIndex;
import org.regionalpacs.test.QueryPlans;
import org.regionalpacs.webworker.WebWorkerApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** What the planner asks twice a minute must not read a table from end to end. */
@IntegrationTest
@DirtiesContext
@Import(QueryPlans.class)
@TestPropertySource(
    properties = {
      "spring.config.name=" + WebWorkerApplication.CONFIG_NAME,
      "spring.datasource.hikari.pool-name=eviction-plans",
      "pacs.eviction.poll=1h",
      "pacs.reconcile.interval=0s"
    })
class EvictionQueuePlansTest {
  private static final int INSTANCES = 100_000;
  private static final int TIMES = 8;
  private static final Pattern WHOLE_TABLE =
      Pattern.compile(
          "Seq Scan on (?:only )?(instance|superseded_instance|location|online_study|study_pin)"
              + "(_\\d\\d)?\\b");

  @TempDir static Path folder;

  @Autowired QueryPlans plans;
  @Autowired JdbcTemplate jdbc;
  @Autowired JdbcClient client;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry properties) {
    for (String each : List.of("online", "archive", "derived")) {
      properties.add("pacs." + each + ".root", () -> folder.resolve(each));
    }
  }

  @BeforeEach
  void fill() {
    LargeIndex.fill(new JdbcTemplate(jdbc.getDataSource()), INSTANCES);
  }

  @Test
  void givenTheIndexIsLarge_whenPlanned_thenByIndex() throws Exception {
    EvictionQueue queue = new EvictionQueue(client);

    check(
        "online_study_by_queue instance_ location_",
        () -> assertThat(queue.longestUnused("", Duration.ofDays(1), 20)).hasSize(20));
    check("online_study_wanted", () -> queue.wanted("", 20));
    check(
        "online_study_pkey",
        () -> {
          EvictionQueue.Queued study = new EvictionQueue.Queued("default", LargeIndex.study(4), 1);
          queue.rest("", study, Duration.ofDays(-6));
          queue.settled("", study);
        });
  }

  private void check(String indexes, QueryPlans.Work work) throws Exception {
    for (int i = 0; i < TIMES; i++) {
      List<String> used = plans.of(work);
      String all = String.join("\n", used);
      assertThat(used.stream().filter(plan -> WHOLE_TABLE.matcher(plan).find())).isEmpty();
      for (String index : indexes.split(" ")) {
        assertThat(all).contains(index);
      }
    }
  }
}
