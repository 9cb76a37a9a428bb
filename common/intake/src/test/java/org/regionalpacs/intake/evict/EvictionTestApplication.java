package org.regionalpacs.intake.evict;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.regionalpacs.index.IndexConfiguration;
import org.regionalpacs.intake.IntakeConfiguration;
import org.regionalpacs.intake.reconcile.ReconcileConfiguration;
import org.regionalpacs.nodes.NodeTaskConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A node, with the index beside it. */
@SpringBootApplication
@Import({
  IndexConfiguration.class,
  IntakeConfiguration.class,
  NodeTaskConfiguration.class,
  ReconcileConfiguration.class,
  EvictionConfiguration.class
})
class EvictionTestApplication {

  @Bean
  MeterRegistry meters() {
    return new SimpleMeterRegistry();
  }
}
