package org.regionalpacs.index;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Reads {@link Instance} rows. */
public interface InstanceRepository extends Repository<Instance, InstanceIdentity> {

  Optional<Instance> findByTenantAndStudyUidAndSeriesUidAndSopUid(
      String tenant, String studyUid, String seriesUid, String sopUid);

  /** The instances of a series in the order of their numbers; those without a number come last. */
  List<Instance> findByTenantAndStudyUidAndSeriesUidOrderByInstanceNumberAscSopUidAsc(
      String tenant, String studyUid, String seriesUid);

  /** Where a SOP Instance UID is: more than one row when a sender used it in several series. */
  List<Instance> findByTenantAndSopUid(String tenant, String sopUid);
}
