package org.regionalpacs.webworker.certificates;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.regionalpacs.webworker.job.BackgroundJob;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Watches certificates, from the start of a service to its end. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CertificatesProperties.class)
public class CertificatesConfiguration {

  @Bean
  BackgroundJob watchingOfCertificates(CertificatesProperties properties, MeterRegistry meters) {
    WatchedCertificates watched =
        new WatchedCertificates(properties.watched(), InstantSource.system(), meters);
    return new BackgroundJob("watching of certificates", properties.interval(), watched::look);
  }
}
