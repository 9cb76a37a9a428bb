package org.regionalpacs.wado.statistics;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.wado.web.UnavailableException;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.regionalpacs.warehouse.statistics.Statistics;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Asks the warehouse, so many at a time: dashboards that ask all at once don't take all of its
 * connections, nor its processors.
 */
@Component
@EnableConfigurationProperties(StatisticsProperties.class)
class WarehouseQuestions {
  private final Statistics statistics;
  private final StatisticsProperties properties;
  private final Semaphore free;

  WarehouseQuestions(Warehouse warehouse, StatisticsProperties properties) {
    this.statistics = new Statistics(warehouse);
    this.properties = properties;
    this.free = new Semaphore(properties.maxConcurrent(), true);
  }

  /** What is asked. */
  @FunctionalInterface
  interface Question<T> {
    /** Asks it. */
    T of(Statistics statistics) throws WarehouseUnavailableException;
  }

  /**
   * The answer.
   *
   * @throws UnavailableException when too many are asking, or the warehouse can't be reached or
   *     takes too long
   */
  <T> T ask(Question<T> question) {
    take();
    try {
      return question.of(statistics);
    } catch (WarehouseUnavailableException e) {
      throw new UnavailableException(
          "The warehouse can't be reached or takes too long just now; ask again later, or for fewer"
              + " days.",
          e);
    } finally {
      free.release();
    }
  }

  /**
   * The days that a request names.
   *
   * @throws org.regionalpacs.wado.web.BadParameterException when they can't be
   */
  DayRange days(Optional<String> from, Optional<String> to) {
    return DayRange.of(from, to, LocalDate.now(ZoneOffset.UTC), properties.maxDays());
  }

  private void take() {
    try {
      if (free.tryAcquire(properties.maxWait().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UnavailableException("Too many statistics are being asked for just now.");
  }
}
