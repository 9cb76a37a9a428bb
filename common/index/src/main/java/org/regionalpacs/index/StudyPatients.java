package org.regionalpacs.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps each study with the patient it was first received for. */
final class StudyPatients {
  private static final BatchStatement<StudyIdentity> PATIENTS =
      new BatchStatement<>(
          new Rows<StudyIdentity>()
              .text("tenant", StudyIdentity::tenant)
              .text("study_uid", StudyIdentity::studyUid),
          """
          select s.*
            from %2$s
           cross join lateral (
                 select k.tenant, k.study_uid, k.patient_key
                   from study k
                  where k.tenant = r.tenant and k.study_uid = r.study_uid
                 offset 0) s
          """);

  private record Known(StudyIdentity study, UUID patientKey) {}

  private final JdbcTemplate jdbc;

  StudyPatients(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The patients of the batch's studies: that of the index, or of the first object of the batch.
   */
  Map<StudyIdentity, UUID> owners(List<IndexedInstance> batch) {
    Map<StudyIdentity, UUID> owners = known(batch);
    batch.forEach(object -> owners.putIfAbsent(object.studyIdentity(), object.patientKey()));
    return owners;
  }

  /**
   * Looks again when the studies' rows are there and held.
   *
   * @throws StudyTakenException when somebody else made one of them for another patient meanwhile
   */
  void confirm(List<IndexedInstance> batch, Map<StudyIdentity, UUID> owners) {
    if (!known(batch).equals(owners)) {
      throw new StudyTakenException();
    }
  }

  /** The objects that name the patient of their study; the others join it without making one. */
  static List<IndexedInstance> agreeing(
      List<IndexedInstance> batch, Map<StudyIdentity, UUID> owners) {
    return batch.stream()
        .filter(object -> object.patientKey().equals(owners.get(object.studyIdentity())))
        .toList();
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

  /** The batch has to be written anew, from what is known now. */
  static final class StudyTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StudyTakenException() {
      super("a study was made for another patient meanwhile", null, false, false);
    }
  }
}
