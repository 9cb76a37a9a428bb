package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.regionalpacs.dicom.data.Tag;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds objects that say something else of their patient than the index does. The caller holds the
 * patients' rows, so what is compared is what will be there.
 */
final class PatientConflicts {
  private record Key(String tenant, UUID patient) {}

  private record Known(
      Key key, String id, String issuer, String name, String birthDate, String sex) {}

  private static final BatchStatement<Key> PATIENTS =
      new BatchStatement<>(
          new Rows<Key>().text("tenant", Key::tenant).uuid("patient_key", Key::patient),
          """
          select p.*
            from %2$s
           cross join lateral (
                 select k.tenant, k.patient_key, k.patient_id, k.issuer, k.name, k.birth_date, k.sex
                   from patient k
                  where k.tenant = r.tenant and k.patient_key = r.patient_key
                 offset 0) p
          """);

  private final JdbcTemplate jdbc;

  PatientConflicts(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param owners the patients of the batch's studies
   */
  List<ConflictEntry> find(List<IndexedInstance> batch, Map<StudyIdentity, UUID> owners) {
    Map<Key, Known> patients = patients(batch, owners);
    List<ConflictEntry> found = new ArrayList<>();
    for (IndexedInstance object : batch) {
      UUID owner = owners.get(object.studyIdentity());
      Known known = patients.get(new Key(object.object().tenant(), owner));
      if (known == null) {
        continue;
      }
      boolean same = owner.equals(object.patientKey());
      SortedMap<String, Difference> differences = same ? new TreeMap<>() : identity(object, known);
      differences.putAll(attributes(object, known));
      if (!differences.isEmpty()) {
        ConflictKind kind = same ? ConflictKind.PATIENT_ATTRIBUTES : ConflictKind.STUDY_PATIENT;
        found.add(ConflictEntry.of(kind, subject(differences), object.object(), differences));
      }
    }
    return found;
  }

  private Map<Key, Known> patients(List<IndexedInstance> batch, Map<StudyIdentity, UUID> owners) {
    List<Key> keys =
        batch.stream()
            .map(object -> new Key(object.object().tenant(), owners.get(object.studyIdentity())))
            .distinct()
            .toList();
    Map<Key, Known> patients = new HashMap<>();
    PATIENTS.query(jdbc, keys, (row, _) -> known(row)).forEach(one -> patients.put(one.key(), one));
    return patients;
  }

  private static Known known(ResultSet row) throws SQLException {
    return new Known(
        new Key(row.getString("tenant"), row.getObject("patient_key", UUID.class)),
        row.getString("patient_id"),
        row.getString("issuer"),
        row.getString("name"),
        row.getString("birth_date"),
        row.getString("sex"));
  }

  /** Another key is another ID or another issuer; missing ones count too. */
  private static SortedMap<String, Difference> identity(IndexedInstance object, Known known) {
    SortedMap<String, Difference> differences = new TreeMap<>(Comparator.naturalOrder());
    String id = object.patient().text(Tag.PatientID);
    if (!id.equals(known.id())) {
      differences.put("PatientID", new Difference(known.id(), id));
    }
    String issuer = object.patient().text(Tag.IssuerOfPatientID);
    if (!issuer.equals(known.issuer())) {
      differences.put("IssuerOfPatientID", new Difference(known.issuer(), issuer));
    }
    return differences;
  }

  /** What is missing on one side contradicts nothing. */
  private static SortedMap<String, Difference> attributes(IndexedInstance object, Known known) {
    SortedMap<String, Difference> differences = new TreeMap<>();
    String name = object.patient().text(Tag.PatientName);
    if (NameComparison.contradict(known.name(), name)) {
      differences.put("PatientName", new Difference(known.name(), name));
    }
    String birthDate = TextValues.date(object.patient().text(Tag.PatientBirthDate));
    if (differ(known.birthDate(), birthDate)) {
      differences.put("PatientBirthDate", new Difference(known.birthDate(), birthDate));
    }
    String sex = object.patient().text(Tag.PatientSex);
    if (differ(known.sex(), sex)) {
      differences.put("PatientSex", new Difference(known.sex(), sex));
    }
    return differences;
  }

  private static boolean differ(String known, String received) {
    return !known.isEmpty() && !received.isEmpty() && !known.equalsIgnoreCase(received);
  }

  /** Objects that say the same are one conflict, however many they are. */
  private static String subject(SortedMap<String, Difference> differences) {
    StringBuilder subject = new StringBuilder();
    differences.forEach((keyword, difference) ->
        subject.append(keyword).append('\0').append(difference.received()).append('\0'));
    return subject.toString();
  }
}
