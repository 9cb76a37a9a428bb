package org.regionalpacs.storage;

import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Gives a service the stores; import it. A plain {@link BlobStore} is the archive, one with
 * {@code @Qualifier(StorageConfiguration.DERIVED)} that of derived blobs.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageProperties.class)
public class StorageConfiguration {
  /** Qualifier of the store of what can be made again. */
  public static final String DERIVED = "derived";

  /** Name of the archive on a local disk; locations hold it, so it never changes. */
  public static final String LOCAL = "local";

  @Bean
  @Primary
  BlobStore archiveStore(StorageProperties properties) {
    return LocalBlobStore.open(LOCAL, properties.archive().root());
  }

  @Bean
  @Qualifier(DERIVED)
  BlobStore derivedStore(StorageProperties properties) {
    return LocalBlobStore.open(DERIVED, properties.derived().root());
  }

  @Bean
  OnlineFiles onlineFiles(StorageProperties properties) {
    return new OnlineFiles(properties.online().root());
  }

  @Bean
  StoredObjects storedObjects(OnlineFiles online, BlobStore archive) {
    return new StoredObjects(online, List.of(archive));
  }
}
