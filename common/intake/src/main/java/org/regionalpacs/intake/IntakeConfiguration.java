package org.regionalpacs.intake;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives a service its {@link Intake}; import it. */
@Configuration(proxyBeanMethods = false)
public class IntakeConfiguration {
  @Bean
  Intake intake() {
    return new Intake();
  }
}
