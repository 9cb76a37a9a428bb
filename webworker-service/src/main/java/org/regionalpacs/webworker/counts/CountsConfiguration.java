package org.regionalpacs.webworker.counts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
        "counting", properties.interval(), () -> countAll(counts, properties.batch(), counted));
  }

  /** Until nothing is left but what others hold. */
  private static void countAll(CountWriter counts, int batch, Counter counted) {
    int series;
    do {
      series = counts.recount(batch);
      counted.increment(series);
    } while (series > 0 && !Thread.currentThread().isInterrupted());
  }
}
