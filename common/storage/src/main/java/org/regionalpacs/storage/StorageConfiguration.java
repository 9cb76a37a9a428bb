package org.regionalpacs.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.regionalpacs.storage.fastdfs.FastDfsConfiguration;
import org.regionalpacs.storage.peer.PeerConfiguration;
import org.regionalpacs.storage.peer.PeerConfiguration.DerivedStores;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/**
 * Gives a service the stores; import it. A plain {@link BlobStore} is the archive, one with
 * {@code @Qualifier(StorageConfiguration.DERIVED)} that of derived blobs.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageProperties.class)
@Import({FastDfsConfiguration.class, PeerConfiguration.class})
public class StorageConfiguration {
  /** Qualifier of the store of what can be made again. */
  public static final String DERIVED = "derived";

  /** Name of the archive on a local disk; locations hold it, so it never changes. */
  public static final String LOCAL = "local";

  @Bean
  @Primary
  BlobStore archiveStore(
      StorageProperties properties,
      @Qualifier(FastDfsConfiguration.FASTDFS) ObjectProvider<BlobStore> fastDfs) {
    return switch (properties.archive().store()) {
      case LOCAL -> LocalBlobStore.open(LOCAL, properties.archive().root());
      case FASTDFS -> fastDfs.getObject();
    };
  }

  @Bean
  @Qualifier(DERIVED)
  BlobStore derivedStore(StorageProperties properties, ObjectProvider<DerivedStores> everyHost) {
    BlobStore here = LocalBlobStore.open(DERIVED, properties.derived().root());
    DerivedStores stores = everyHost.getIfAvailable(() -> store -> store);
    return stores.over(here);
  }

  @Bean
  OnlineFiles onlineFiles(StorageProperties properties) {
    return new OnlineFiles(properties.online().root());
  }

  /** Where the archive keeps names it is its own catalogue. */
  @Bean
  @Conditional(FastDfsConfiguration.Wanted.class)
  ArchiveCatalogue archiveCatalogue(StorageProperties properties) {
    return ArchiveCatalogue.open(properties.catalogue().root());
  }

  @Bean
  ArchiveStores archiveStores(
      BlobStore archive,
      StorageProperties properties,
      @Qualifier(FastDfsConfiguration.FASTDFS) ObjectProvider<BlobStore> fastDfs) {
    Path local = properties.archive().root();
    return switch (properties.archive().store()) {
      case LOCAL -> new ArchiveStores(archive, fastDfs.stream().toList());
      case FASTDFS ->
          new ArchiveStores(
              archive,
              Files.isDirectory(local) ? List.of(LocalBlobStore.open(LOCAL, local)) : List.of());
    };
  }

  @Bean
  ArchiveListing archiveListing(ArchiveStores stores, ObjectProvider<ArchiveCatalogue> catalogue) {
    return new ArchiveListing(stores, catalogue.stream().findFirst());
  }

  @Bean
  StoredObjects storedObjects(
      OnlineFiles online, ObjectProvider<OtherNodes> others, ArchiveStores archives) {
    return new StoredObjects(online, others.getIfAvailable(() -> OtherNodes.NONE), archives.all());
  }
}
