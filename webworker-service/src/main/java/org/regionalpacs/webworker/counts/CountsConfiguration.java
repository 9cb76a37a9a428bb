package org.regionalpacs.webworker.counts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntUnaryOperator;
import org.regionalpacs.index.CountWriter;
import org.regionalpacs.webworker.job.BackgroundJob;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CountsConfiguration {

  @Bean
  BackgroundJob counting(CountWriter counts, CountsProperties properties, MeterRegistry meters) {
    Counter counted =
        Counter.builder("pacs.counts.series").description("Series counted").register(meters);
    return new BackgroundJob(
        "counting",
        properties.interval(),
        () -> countAll(counts::recount, properties.batch(), counted));
  }

  /**
   * Until less than a batch is left. What changes while it counts waits for the next turn: a study
   * that is arriving would be counted without end.
   */
  static void countAll(IntUnaryOperator recount, int batch, Counter counted) {
    int series;
    do {
      series = recount.applyAsInt(batch);
      counted.increment(series);
    } while (series >= batch && !Thread.currentThread().isInterrupted());
  }
}
