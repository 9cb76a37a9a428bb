package org.regionalpacs.consumer.rebuild;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.LocalBlobStore;

/** Metadata documents that nobody would know any more. They are made again as they are wanted. */
final class DerivedDocuments {
  private static final String FOLDER = "metadata";

  private final BlobStore derived;

  DerivedDocuments(BlobStore derived) {
    this.derived = derived;
  }

  void remove() throws IOException {
    if (derived instanceof LocalBlobStore local) {
      try (Stream<String> documents = local.names(FOLDER)) {
        for (String document : (Iterable<String>) documents::iterator) {
          local.delete(document);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }
}
