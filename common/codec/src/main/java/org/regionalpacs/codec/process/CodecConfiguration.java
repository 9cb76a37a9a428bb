package org.regionalpacs.codec.process;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives a service {@link CodecProcesses}, and their health; import it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CodecProperties.class)
public class CodecConfiguration {

  @Bean(destroyMethod = "close")
  CodecProcesses codecProcesses(CodecProperties settings, ObjectProvider<MeterRegistry> meters) {
    return new CodecProcesses(settings, meters.getIfAvailable(() -> Metrics.globalRegistry));
  }

  @Bean
  CodecsHealth codecsHealthIndicator(CodecProcesses processes) {
    return new CodecsHealth(processes);
  }
}
