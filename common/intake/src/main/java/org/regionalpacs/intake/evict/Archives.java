package org.regionalpacs.intake.evict;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.storage.LocalBlobStore;
import org.regionalpacs.storage.StorageConfiguration;
import org.regionalpacs.storage.StorageProperties;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The archives themselves, without anything that would answer from elsewhere. They are opened when
 * they are needed first, in a context of their own: reception starts, and is healthy, without them.
 */
final class Archives implements Closeable {
  /** Name of a bean of {@link StorageConfiguration}. */
  private static final String FASTDFS = "fastDfsStore";

  private final Opening opening;
  private Optional<Stores> stores = Optional.empty();

  /** Opens the archives. */
  interface Opening {
    Stores open();
  }

  /**
   * Opened archives.
   *
   * @param byName as locations name them
   * @param context to be closed with them
   */
  record Stores(Map<String, BlobStore> byName, Optional<ConfigurableApplicationContext> context) {}

  Archives(Opening opening) {
    this.opening = opening;
  }

  /** As the settings of a service say. */
  static Archives of(ApplicationContext service) {
    return new Archives(() -> open(service));
  }

  private static Stores open(ApplicationContext service) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    try {
      context.setParent(service);
      context.setDisplayName("archives");
      // Nothing but what is asked for.
      context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
      context.register(StorageConfiguration.class);
      context.refresh();
      StorageProperties.Archive settings = context.getBean(StorageProperties.class).archive();
      Map<String, BlobStore> byName = new HashMap<>();
      // The archive, or what was the archive before.
      if (settings.store() == StorageProperties.Kind.FASTDFS || context.containsBean(FASTDFS)) {
        BlobStore archive = context.getBean(FASTDFS, BlobStore.class);
        byName.put(archive.name(), archive);
      }
      // Opening makes a folder, which would then seem to have lost all that it should hold.
      if (LocalBlobStore.isIn(settings.root())) {
        byName.put(
            StorageConfiguration.LOCAL,
            LocalBlobStore.open(StorageConfiguration.LOCAL, settings.root()));
      }
      return new Stores(byName, Optional.of(context));
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /**
   * The store of a name.
   *
   * @throws BlobStoreUnreachableException when it isn't configured here, or can't be opened now
   */
  synchronized BlobStore named(String name) throws IOException {
    try {
      if (stores.isEmpty()) {
        stores = Optional.of(opening.open());
      }
    } catch (RuntimeException e) {
      throw new BlobStoreUnreachableException(name, "it can't be opened: " + e.getMessage());
    }
    BlobStore store = stores.get().byName().get(name);
    if (store == null) {
      // It may be mounted later.
      close();
      throw new BlobStoreUnreachableException(name, "it is not configured, or not mounted, here");
    }
    return store;
  }

  @Override
  public synchronized void close() {
    stores.flatMap(Stores::context).ifPresent(ConfigurableApplicationContext::close);
    stores = Optional.empty();
  }
}
