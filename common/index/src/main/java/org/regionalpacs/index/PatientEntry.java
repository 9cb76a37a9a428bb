package org.regionalpacs.index;

import java.util.UUID;
import org.regionalpacs.dicom.data.Tag;

/** A patient row as objects give it; empty texts are unknown values. */
record PatientEntry(String tenant, UUID patientKey, UUID receptionId, LevelAttributes attributes) {

  private static final Rows<PatientEntry> ROWS =
      new Rows<PatientEntry>()
          .text("tenant", PatientEntry::tenant)
          .uuid("patient_key", PatientEntry::patientKey)
          .text("patient_id", row -> row.attributes.text(Tag.PatientID))
          .text("issuer", row -> row.attributes.text(Tag.IssuerOfPatientID))
          .text("name", row -> row.attributes.text(Tag.PatientName))
          .text("name_search", row -> row.attributes.folded(Tag.PatientName))
          .text("birth_date", row -> TextValues.date(row.attributes.text(Tag.PatientBirthDate)))
          .text("sex", row -> row.attributes.text(Tag.PatientSex))
          .text("attributes", row -> row.attributes.json())
          .uuid("reception_id", PatientEntry::receptionId);

  /** Inserts, or fills what was empty; what is known already is never changed. */
  static final BatchStatement<PatientEntry> UPSERT =
      new BatchStatement<>(
          ROWS,
          """
          insert into patient as p (%1$s)
          select tenant, patient_key, patient_id, issuer, name, name_search, birth_date, sex,
                 attributes::jsonb, reception_id
            from %2$s
          on conflict (tenant, patient_key) do update set
            name = case when p.name = '' then excluded.name else p.name end,
            name_search = case when p.name = '' then excluded.name_search else p.name_search end,
            birth_date = coalesce(nullif(p.birth_date, ''), excluded.birth_date),
            sex = coalesce(nullif(p.sex, ''), excluded.sex),
            attributes = excluded.attributes || p.attributes,
            updated = now()
          where p.attributes <> excluded.attributes || p.attributes
          """);
}
