package org.regionalpacs.metadata;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Gives the metadata of series. Thread-safe; many readers of one series cause one build. */
public interface SeriesMetadataService {

  /**
   * The newest metadata of a series: the document made ahead when it is up to date, else one built
   * now, kept for the next reader.
   *
   * @param baseUrl what bulk data URIs shall start with, up to and without {@code /studies}; no
   *     slash at the end
   * @return empty when there is no such series, or it has no instances
   * @throws MetadataBusyException when too many documents are being built
   * @throws IOException when the document can be neither read nor built
   */
  Optional<SeriesMetadataDocument> open(String tenant, String study, String series, String baseUrl)
      throws IOException;

  /**
   * The newest metadata of all series of a study, in the order of their numbers. What is up to date
   * costs one query for all of them.
   *
   * @param baseUrl as for one series
   * @return none when there is no such study
   * @throws MetadataBusyException when too many documents are being built
   * @throws IOException when a document can be neither read nor built
   */
  List<SeriesMetadataDocument> openAll(String tenant, String study, String baseUrl)
      throws IOException;

  /**
   * The newest frame index of a series: made together with the metadata, and kept in the same blob.
   *
   * @return empty when there is no such series, or it has no instances
   * @throws MetadataBusyException when too many documents are being built
   * @throws IOException when it can be neither read nor built
   */
  Optional<FrameIndex> frames(SeriesKey series) throws IOException;

  /**
   * Makes sure that the document of a series is up to date, ahead of its readers.
   *
   * @throws IOException when it can't be built or kept
   */
  Generated generate(SeriesKey series) throws IOException;

  /** What {@link #generate} did. */
  enum Generated {
    /** A document was built and kept. */
    BUILT,
    /**
     * A document was built and kept, but some files could not be reached: those instances are
     * described from the index only. Worth another try later.
     */
    INCOMPLETE,
    /** There was nothing to do. */
    UP_TO_DATE,
    /** There is no such series, or it has no instances. */
    NO_SERIES
  }
}
