package org.regionalpacs.index;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Reads {@link Patient} rows. */
public interface PatientRepository extends Repository<Patient, PatientIdentity> {

  Optional<Patient> findByTenantAndPatientKey(String tenant, UUID patientKey);

  /** Patients of this id under any issuer. */
  List<Patient> findByTenantAndPatientId(String tenant, String patientId);
}
