package org.regionalpacs.consumer.rebuild;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.regionalpacs.storage.LocalBlobStore;
import org.regionalpacs.storage.StorageConfiguration;

/** Metadata documents that nobody would know any more. They are made again as they are wanted. */
final class DerivedDocuments {
  /** Where each host keeps its own, they have the node's id before them. */
  private static final Pattern DOCUMENT = Pattern.compile("(?:[0-9a-f-]{36}/)?metadata/.*");

  private final LocalBlobStore derived;

  /**
   * @param folder of this host
   */
  DerivedDocuments(Path folder) {
    this.derived = LocalBlobStore.open(StorageConfiguration.DERIVED, folder);
  }

  void remove() throws IOException {
    try (Stream<String> documents =
        derived.names("").filter(name -> DOCUMENT.matcher(name).matches())) {
      for (String document : (Iterable<String>) documents::iterator) {
        derived.delete(document);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
