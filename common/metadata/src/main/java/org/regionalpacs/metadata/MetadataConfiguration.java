package org.regionalpacs.metadata;

import org.regionalpacs.index.IndexConfiguration;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.StorageConfiguration;
import org.regionalpacs.storage.StoredObjects;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives a service its {@link SeriesMetadataService}, {@link InstanceMetadataService} and {@link
 * DiscardedDocuments}; import it.
 */
@Configuration(proxyBeanMethods = false)
@Import({IndexConfiguration.class, StorageConfiguration.class})
@EnableConfigurationProperties({MetadataProperties.class, DicomWebProperties.class})
public class MetadataConfiguration {

  @Bean
  SeriesMetadataService seriesMetadataService(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      InstanceObjects instances,
      StoredObjects objects,
      @Qualifier(StorageConfiguration.DERIVED) BlobStore derived,
      MetadataProperties metadata,
      DicomWebProperties dicomWeb) {
    InstanceTextReader reader = new InstanceTextReader(objects::open, dicomWeb.baseUrl());
    DocumentBuilder builder = new DocumentBuilder(reader, metadata.parallelReads());
    return new StoredSeriesMetadata(
        new KeptDocuments(jdbc, new TransactionTemplate(transactions)),
        instances,
        derived,
        new Builds(builder, derived, dicomWeb.baseUrl(), metadata),
        metadata);
  }

  @Bean
  InstanceMetadataService instanceMetadataService(
      InstanceObjects instances, StoredObjects objects, MetadataProperties metadata) {
    return new HeaderInstanceMetadata(instances, objects::open, metadata);
  }

  @Bean
  DiscardedDocuments discardedDocuments(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      @Qualifier(StorageConfiguration.DERIVED) BlobStore derived) {
    return new DiscardedDocuments(jdbc, new TransactionTemplate(transactions), derived);
  }
}
