package org.regionalpacs.metadata;

import java.util.function.Function;
import org.regionalpacs.index.IndexConfiguration;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.security.CharsetConfiguration;
import org.regionalpacs.security.TenantCharsets;
import org.regionalpacs.security.TenantConfiguration;
import org.regionalpacs.security.Tenants;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.StorageConfiguration;
import org.regionalpacs.storage.StoredObjects;
import org.regionalpacs.storage.cached.HotCache;
import org.regionalpacs.storage.cached.HotObjects;
import org.springframework.beans.factory.ObjectProvider;
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
      ObjectProvider<HotCache> cache,
      MetadataProperties metadata,
      DicomWebProperties dicomWeb,
      Tenants tenants,
      TenantCharsets charsets) {
    InstanceTextReader reader =
        new InstanceTextReader((instance, _) -> objects.open(instance), charsets);
    BaseUrls baseUrls = new BaseUrls(dicomWeb.baseUrl(), tenants.defaultTenant());
    DocumentBuilder builder = new DocumentBuilder(reader, metadata.parallelReads());
    return new StoredSeriesMetadata(
        new KeptDocuments(jdbc, new TransactionTemplate(transactions)),
        instances,
        byTenant(derived, cache),
        new Builds(builder, derived, baseUrls, metadata),
        metadata);
  }

  @Bean
  InstanceMetadataService instanceMetadataService(
      InstanceObjects instances,
      StoredObjects objects,
      ObjectProvider<HotObjects> hot,
      MetadataProperties metadata,
      TenantCharsets charsets) {
    InstanceTextReader.Files files =
        hot.stream()
            .findFirst()
            .<InstanceTextReader.Files>map(near -> near::open)
            .orElse((instance, from) -> objects.open(instance.locations(), from));
    return new HeaderInstanceMetadata(instances, new InstanceTextReader(files, charsets), metadata);
  }

  @Bean
  DiscardedDocuments discardedDocuments(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      @Qualifier(StorageConfiguration.DERIVED) BlobStore derived,
      ObjectProvider<HotCache> cache) {
    return new DiscardedDocuments(
        jdbc, new TransactionTemplate(transactions), byTenant(derived, cache));
  }

  /** Builds read and write the store itself, readers by the cache where there is one. */
  private static Function<String, BlobStore> byTenant(
      BlobStore derived, ObjectProvider<HotCache> cache) {
    return cache.stream()
        .findFirst()
        .<Function<String, BlobStore>>map(hot -> tenant -> hot.overDocuments(derived, tenant))
        .orElse(_ -> derived);
  }
}
