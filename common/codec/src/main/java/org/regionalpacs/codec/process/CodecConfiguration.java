package org.regionalpacs.codec.process;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives a service {@link CodecProcesses}, and their health; import it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CodecProperties.class)
public class CodecConfiguration {

  @Bean(destroyMethod = "close")
  CodecProcesses codecProcesses(CodecProperties settings) {
    return new CodecProcesses(settings);
  }

  @Bean
  CodecsHealth codecsHealthIndicator(CodecProcesses processes) {
    return new CodecsHealth(processes);
  }
}
