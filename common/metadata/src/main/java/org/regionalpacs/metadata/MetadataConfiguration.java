package org.regionalpacs.metadata;

import org.regionalpacs.index.IndexConfiguration;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.security.CharsetConfiguration;
import org.regionalpacs.security.TenantCharsets;
import org.regionalpacs.security.TenantConfiguration;
import org.regionalpacs.security.Tenants;
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
@Import({
  IndexConfiguration.class,
  StorageConfiguration.class,
  TenantConfiguration.class,
  CharsetConfiguration.class
})
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
      DicomWebProperties dicomWeb,
      Tenants tenants,
      TenantCharsets charsets) {
    InstanceTextReader reader = new InstanceTextReader(objects::open, charsets);
    BaseUrls baseUrls = new BaseUrls(dicomWeb.baseUrl(), tenants.defaultTenant());
    DocumentBuilder builder = new DocumentBuilder(reader, metadata.parallelReads());
    return new StoredSeriesMetadata(
        new KeptDocuments(jdbc, new TransactionTemplate(transactions)),
        instances,
        derived,
        new Builds(builder, derived, baseUrls, metadata),
        metadata);
  }

  @Bean
  InstanceMetadataService instanceMetadataService(
      InstanceObjects instances,
      StoredObjects objects,
      MetadataProperties metadata,
      TenantCharsets charsets) {
    return new HeaderInstanceMetadata(
        instances, new InstanceTextReader(objects::open, charsets), metadata);
  }

  @Bean
  DiscardedDocuments discardedDocuments(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      @Qualifier(StorageConfiguration.DERIVED) BlobStore derived) {
    return new DiscardedDocuments(jdbc, new TransactionTemplate(transactions), derived);
  }
}
