package org.regionalpacs.tracing;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Gives a service {@link ImageTraces}; import it. Without an endpoint OpenTelemetry isn't loaded.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingProperties.class)
public class TracingConfiguration {

  @Bean(destroyMethod = "close")
  ImageTraces imageTraces(TracingProperties properties, Environment environment) {
    return properties.endpoint().isEmpty()
        ? ImageTraces.NONE
        : new OtlpTraces(
            environment.getProperty("spring.application.name", "pacs"),
            properties.endpoint(),
            properties.probability());
  }
}
