package org.regionalpacs.metadata;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Gives the metadata of single instances, read from their headers. Thread-safe. */
public interface InstanceMetadataService {

  /**
   * The metadata of an instance's current version. When its file can't be read, what the index
   * knows of it.
   *
   * @param baseUrl what bulk data URIs shall start with, up to and without {@code /studies}
   * @param from is told where each range of the file comes from
   * @return empty when there is no such instance
   * @throws MetadataBusyException when too many headers are being read
   */
  Optional<InstanceMetadata> open(
      String tenant,
      String study,
      String series,
      String sopInstance,
      String baseUrl,
      Consumer<String> from)
      throws IOException;
}
