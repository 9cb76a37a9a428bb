package org.regionalpacs.index;

import java.util.UUID;
import org.regionalpacs.dicom.data.Tag;

/** A series row as objects give it; empty texts are unknown values. */
record SeriesEntry(SeriesIdentity identity, UUID receptionId, LevelAttributes attributes) {

  private static final Rows<SeriesEntry> ROWS =
      new Rows<SeriesEntry>()
          .text("tenant", row -> row.identity.tenant())
          .text("study_uid", row -> row.identity.studyUid())
          .text("series_uid", row -> row.identity.seriesUid())
          .text("modality", row -> row.attributes.text(Tag.Modality))
          .optional("series_number", row -> row.attributes.number(Tag.SeriesNumber))
          .text("series_date", row -> TextValues.date(row.attributes.text(Tag.SeriesDate)))
          .text("series_time", row -> TextValues.time(row.attributes.text(Tag.SeriesTime)))
          .text("description", row -> row.attributes.folded(Tag.SeriesDescription))
          .text("attributes", row -> row.attributes.json())
          .uuid("reception_id", SeriesEntry::receptionId);

  /**
   * Inserts, or fills what was empty, and in any case locks the row until the transaction ends.
   * Returns the series that are new or were filled.
   */
  static final BatchStatement<SeriesEntry> UPSERT =
      new BatchStatement<>(
          ROWS,
          """
          insert into series as s (%1$s, change_number)
          select tenant, study_uid, series_uid, modality, series_number, series_date, series_time,
                 description, attributes::jsonb, reception_id,
                 coalesce((select d.change_number
                             from deleted_series d
                            where d.tenant = r.tenant and d.study_uid = r.study_uid
                              and d.series_uid = r.series_uid),
                          0)
            from %2$s
          on conflict (tenant, study_uid, series_uid) do update set
            modality = coalesce(nullif(s.modality, ''), excluded.modality),
            series_number = coalesce(s.series_number, excluded.series_number),
            series_date = coalesce(nullif(s.series_date, ''), excluded.series_date),
            series_time = coalesce(nullif(s.series_time, ''), excluded.series_time),
            description = coalesce(nullif(s.description, ''), excluded.description),
            attributes = excluded.attributes || s.attributes
          where s.attributes <> excluded.attributes || s.attributes
          returning s.tenant, s.study_uid, s.series_uid
          """);
}
