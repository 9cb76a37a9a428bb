package org.regionalpacs.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.regionalpacs.storage.fastdfs.FastDfsConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/**
 * Gives a service the stores; import it. A plain {@link BlobStore} is the archive, one with
 * {@code @Qualifier(StorageConfiguration.DERIVED)} that of derived blobs.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageProperties.class)
@Import(FastDfsConfiguration.class)
public class StorageConfiguration {
  /** Qualifier of the store of what can be made again. */
  public static final String DERIVED = "derived";

  /** Name of the archive on a local disk; locations hold it, so it never changes. */
  public static final String LOCAL = "local";

  @Bean
  @Primary
  @ConditionalOnProperty(name = "pacs.archive.store", havingValue = LOCAL, matchIfMissing = true)
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
  StoredObjects storedObjects(OnlineFiles online, BlobStore archive, StorageProperties properties) {
    return new StoredObjects(online, readable(archive, properties.archive().root()));
  }

  /** What a local archive got before the archive was moved elsewhere stays readable. */
  private static List<BlobStore> readable(BlobStore archive, Path local) {
    return archive.name().equals(LOCAL) || !Files.isDirectory(local)
        ? List.of(archive)
        : List.of(archive, LocalBlobStore.open(LOCAL, local));
  }
}
