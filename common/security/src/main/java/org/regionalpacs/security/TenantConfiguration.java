package org.regionalpacs.security;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives a service its {@link Tenants}; import it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TenantProperties.class)
public class TenantConfiguration {
  @Bean
  Tenants tenants(TenantProperties properties) {
    return new Tenants(properties);
  }
}
