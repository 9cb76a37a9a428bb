package org.regionalpacs.index;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Reads {@link Study} rows. */
public interface StudyRepository extends Repository<Study, StudyIdentity> {

  Optional<Study> findByTenantAndStudyUid(String tenant, String studyUid);

  List<Study> findByTenantAndPatientKey(String tenant, UUID patientKey);
}
