package org.regionalpacs.index;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Reads {@link Series} rows. */
public interface SeriesRepository extends Repository<Series, SeriesIdentity> {

  Optional<Series> findByTenantAndStudyUidAndSeriesUid(
      String tenant, String studyUid, String seriesUid);

  /** The series of a study in the order of their numbers; those without a number come last. */
  List<Series> findByTenantAndStudyUidOrderBySeriesNumberAscSeriesUidAsc(
      String tenant, String studyUid);
}
