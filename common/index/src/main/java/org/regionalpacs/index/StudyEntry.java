package org.regionalpacs.index;

import java.util.UUID;
import org.regionalpacs.dicom.data.Tag;

/** A study row as objects give it; empty texts are unknown values. */
record StudyEntry(
    StudyIdentity identity, UUID patientKey, UUID receptionId, LevelAttributes attributes) {

  private static final Rows<StudyEntry> ROWS =
      new Rows<StudyEntry>()
          .text("tenant", row -> row.identity.tenant())
          .text("study_uid", row -> row.identity.studyUid())
          .uuid("patient_key", StudyEntry::patientKey)
          .text("study_date", row -> TextValues.date(row.attributes.text(Tag.StudyDate)))
          .text("study_time", row -> TextValues.time(row.attributes.text(Tag.StudyTime)))
          .text("accession_number", row -> row.attributes.text(Tag.AccessionNumber))
          .text("study_id", row -> row.attributes.text(Tag.StudyID))
          .text("referring_physician", row -> row.attributes.folded(Tag.ReferringPhysicianName))
          .text("description", row -> row.attributes.folded(Tag.StudyDescription))
          .text("attributes", row -> row.attributes.json())
          .uuid("reception_id", StudyEntry::receptionId);

  /** Inserts, or fills what was empty; the patient stays the first. */
  static final BatchStatement<StudyEntry> UPSERT =
      new BatchStatement<>(
          ROWS,
          """
          insert into study as s (%1$s)
          select tenant, study_uid, patient_key, study_date, study_time, accession_number,
                 study_id, referring_physician, description, attributes::jsonb, reception_id
            from %2$s
          on conflict (tenant, study_uid) do update set
            study_date = coalesce(nullif(s.study_date, ''), excluded.study_date),
            study_time = coalesce(nullif(s.study_time, ''), excluded.study_time),
            accession_number = coalesce(nullif(s.accession_number, ''), excluded.accession_number),
            study_id = coalesce(nullif(s.study_id, ''), excluded.study_id),
            referring_physician =
              coalesce(nullif(s.referring_physician, ''), excluded.referring_physician),
            description = coalesce(nullif(s.description, ''), excluded.description),
            attributes = excluded.attributes || s.attributes,
            updated = now()
          where s.attributes <> excluded.attributes || s.attributes
          """);
}
