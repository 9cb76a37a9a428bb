package org.regionalpacs.metadata;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/**
 * Gives a service its {@link SeriesMetadataService} and {@link InstanceMetadataService}; import it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MetadataProperties.class, DicomWebProperties.class})
public class MetadataConfiguration {}
