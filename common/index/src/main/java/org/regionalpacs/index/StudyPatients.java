package org.regionalpacs.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps each study with the patient it was first received for. */
final class StudyPatients {
  private static final Logger LOG = LoggerFactory.getLogger(StudyPatients.class);

  private static final BatchStatement<StudyIdentity> PATIENTS =
      new BatchStatement<>(
          new Rows<StudyIdentity>()
              .text("tenant", StudyIdentity::tenant)
              .text("study_uid", StudyIdentity::studyUid),
          """
          select s.tenant, s.study_uid, s.patient_key
            from %2$s join study s using (%1$s)
          """);

  private record Known(StudyIdentity study, UUID patientKey) {}

  private final JdbcTemplate jdbc;

  StudyPatients(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The objects that name the patient whom their study has: that of the index, or of the first
   * object of the batch. The others are logged; they join the study without making a patient.
   */
  List<IndexedInstance> agreeing(List<IndexedInstance> batch) {
    Map<StudyIdentity, UUID> patients = known(batch);
    batch.forEach(object -> patients.putIfAbsent(object.studyIdentity(), object.patientKey()));
    return batch.stream().filter(object -> agrees(object, patients)).toList();
  }

  private Map<StudyIdentity, UUID> known(List<IndexedInstance> batch) {
    List<StudyIdentity> studies =
        batch.stream().map(IndexedInstance::studyIdentity).distinct().toList();
    Map<StudyIdentity, UUID> patients = new HashMap<>();
    PATIENTS
        .query(
            jdbc,
            studies,
            (row, _) ->
                new Known(
                    new StudyIdentity(row.getString("tenant"), row.getString("study_uid")),
                    row.getObject("patient_key", UUID.class)))
        .forEach(known -> patients.put(known.study(), known.patientKey()));
    return patients;
  }

  private static boolean agrees(IndexedInstance object, Map<StudyIdentity, UUID> patients) {
    boolean agrees = object.patientKey().equals(patients.get(object.studyIdentity()));
    if (!agrees) {
      LOG.warn(
          "Object names another patient than its study has; the study keeps its patient:"
              + " tenant={} study={} series={} sop={} reception={}",
          object.object().tenant(),
          object.object().study(),
          object.object().series(),
          object.object().sop(),
          object.object().receptionId());
    }
    return agrees;
  }
}
