package org.regionalpacs.webworker.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WarehouseUpkeepingTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Instant now = Instant.parse("2026-03-30T00:00:00Z");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(WarehouseUpkeeping.class);
  private final WarehouseUpkeeping upkeeping =
      new WarehouseUpkeeping(
          this::lookAfter,
          new WarehouseUpkeepProperties(MINUTE, Duration.ofDays(1), Duration.ofMinutes(15)),
          () -> now);
  private boolean away;
  private int runs;

  private int lookAfter() throws WarehouseUnavailableException {
    runs++;
    if (away) {
      throw new WarehouseUnavailableException("the user needs ALTER_PRIV");
    }
    return 0;
  }

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  @Test
  void givenAStart_whenTimePasses_thenItIsDoneAfterTheDelayAndOnceADay() throws Exception {
    upkeeping.turn();
    assertThat(runs).isZero();

    pass(MINUTE);
    pass(Duration.ofHours(23));
    assertThat(runs).isOne();

    pass(Duration.ofHours(1));
    assertThat(runs).isEqualTo(2);
    assertThat(log.list).isEmpty();
  }

  @Test
  void givenAWarehouseThatIsAway_whenTriedAgainAndAgain_thenItIsToldOnceADayAndWhenItIsBack()
      throws Exception {
    away = true;
    pass(MINUTE);
    for (int quarter = 0; quarter < 95; quarter++) {
      pass(Duration.ofMinutes(15));
    }
    assertThat(runs).isEqualTo(96);
    assertThat(messages()).singleElement().asString().contains("ALTER_PRIV");

    pass(Duration.ofMinutes(15));
    assertThat(messages()).hasSize(2);

    away = false;
    pass(Duration.ofMinutes(15));
    assertThat(messages()).hasSize(3).last().isEqualTo("The warehouse is looked after again");
    pass(Duration.ofMinutes(15));
    assertThat(runs).isEqualTo(98);
  }

  @Test
  void givenAWarehouseThatIsAway_whenHealthIsAsked_thenItIsDegradedWithTheReason()
      throws Exception {
    WarehouseUpkeepHealth health = new WarehouseUpkeepHealth(upkeeping);
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);

    away = true;
    pass(MINUTE);

    assertThat(health.health().getStatus()).isEqualTo(new Status("DEGRADED"));
    assertThat(health.health().getDetails()).containsEntry("failure", "the user needs ALTER_PRIV");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"delay=-1s", "interval=0s", "interval=8d", "retry=0s", "retry=2d"})
  void givenASettingThatCantBe_whenStarted_thenTheStartFails(String setting) {
    new ApplicationContextRunner()
        .withUserConfiguration(Settings.class)
        .withPropertyValues("pacs.warehouse.upkeep." + setting)
        .run(context -> assertThat(context).hasFailed());
  }

  @EnableConfigurationProperties(WarehouseUpkeepProperties.class)
  static class Settings {}

  private void pass(Duration time) throws InterruptedException {
    now = now.plus(time);
    upkeeping.turn();
  }

  private List<String> messages() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
