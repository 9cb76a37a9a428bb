package org.regionalpacs.security;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives a service its {@link TenantCharsets}; import it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CharsetProperties.class)
public class CharsetConfiguration {
  @Bean
  TenantCharsets tenantCharsets(CharsetProperties properties) {
    return new TenantCharsets(properties);
  }
}
