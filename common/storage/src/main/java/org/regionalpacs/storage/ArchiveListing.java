package org.regionalpacs.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What archives hold, as they and their catalogue tell it: for a rebuild of the index, which knows
 * nothing. {@link ArchiveName#readManifest} tells what each object is.
 */
public final class ArchiveListing {
  private static final Pattern OBJECT =
      Pattern.compile(
          "(([^/]+)/[^/]+/[^/]+/[^/]+/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\\.[2-9])?)"
              + "\\.(dcm|json)");

  private final ArchiveStores stores;
  private final Optional<ArchiveCatalogue> catalogue;

  /**
   * @param catalogue of stores that choose ids; empty when there are none
   */
  public ArchiveListing(ArchiveStores stores, Optional<ArchiveCatalogue> catalogue) {
    this.stores = stores;
    this.catalogue = catalogue;
  }

  /**
   * Something in an archive.
   *
   * @param id reception id, or that of a rendition
   * @param blobId what the store calls it
   */
  public record Listed(String tenant, UUID id, String blobId) {}

  /** The stores, the one that takes new objects first. */
  public List<BlobStore> stores() {
    return stores.all();
  }

  /**
   * All objects and renditions of one of the stores, in no order; some more than once, and some
   * that are there no longer: known by their manifests or, where the store chooses ids, by the
   * catalogue alone. To be closed.
   *
   * @throws UncheckedIOException from the stream, when the store can't be read
   */
  public Stream<Listed> objects(BlobStore store) throws IOException {
    if (store instanceof LocalBlobStore local) {
      return local
          .names("")
          .map(OBJECT::matcher)
          .filter(Matcher::matches)
          .filter(name -> name.group(4).equals("dcm") || !Files.exists(object(local, name)))
          .map(name -> new Listed(name.group(2), UUID.fromString(name.group(3)), id(name)));
    }
    if (catalogue.isEmpty()) {
      throw new IllegalStateException("nobody knows what " + store.name() + " holds");
    }
    return catalogue
        .get()
        .entries(store.name())
        .map(entry -> new Listed(entry.tenant(), entry.receptionId(), entry.blobId()));
  }

  private static Path object(LocalBlobStore store, Matcher name) {
    return store.path(id(name));
  }

  private static String id(Matcher name) {
    return name.group(1) + ".dcm";
  }

  /** The record of a deletion. */
  public interface DeletionVisitor {
    /**
     * Shows one.
     *
     * @param file where it is, for people
     */
    void deletion(Path file, byte[] json) throws IOException;
  }

  /** Shows the records of all deletions that were ever journaled, some more than once. */
  public void deletions(String folder, DeletionVisitor visitor) throws IOException {
    List<LocalBlobStore> journals = new ArrayList<>();
    for (BlobStore store : stores.all()) {
      if (store instanceof LocalBlobStore local) {
        journals.add(local);
      }
    }
    catalogue.map(ArchiveCatalogue::deletions).ifPresent(journals::add);
    for (LocalBlobStore journal : journals) {
      try (Stream<String> names = journal.names(folder)) {
        for (String name : (Iterable<String>) names::iterator) {
          try (InputStream in = journal.get(name, 0, -1)) {
            visitor.deletion(journal.path(name), in.readAllBytes());
          }
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }
}
