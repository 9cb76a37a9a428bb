package org.regionalpacs.wado.access;

import io.micrometer.core.instrument.MeterRegistry;
import org.regionalpacs.index.StudyReads;
import org.regionalpacs.security.Tenants;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration {

  @Bean
  ReadStudies readStudies(StudyReads reads, AccessProperties properties, MeterRegistry meters) {
    return new ReadStudies(reads::record, properties, meters);
  }

  @Bean
  ReadStudiesFilter readStudiesFilter(ReadStudies reads, Tenants tenants) {
    return new ReadStudiesFilter(reads, tenants);
  }
}
