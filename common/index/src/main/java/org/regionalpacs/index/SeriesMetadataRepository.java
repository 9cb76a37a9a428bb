package org.regionalpacs.index;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Reads {@link SeriesMetadata} rows. */
public interface SeriesMetadataRepository
    extends Repository<SeriesMetadata, SeriesMetadataIdentity> {

  Optional<SeriesMetadata> findByTenantAndStudyUidAndSeriesUid(
      String tenant, String studyUid, String seriesUid);

  List<SeriesMetadata> findByTenantAndStudyUid(String tenant, String studyUid);
}
