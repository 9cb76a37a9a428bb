package org.regionalpacs.wado.query;

import java.util.List;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.data.Tag;

/** The columns of results, as {@link SearchRow} reads them; what isn't returned is null. */
final class SearchColumns {
  private static final String INSTANCES =
      ", i.sop_uid, i.sop_class, i.transfer_syntax, i.instance_number, i.rows, i.columns,"
          + " i.bits_allocated, i.number_of_frames";

  /** Of a study that nobody has counted yet, those of its series: viewers fail without any. */
  private static final String MODALITIES =
      "case when s.modalities <> '{}' then s.modalities else (select"
          + " coalesce(array_agg(distinct u.modality), '{}') from series u where u.tenant = s.tenant"
          + " and u.study_uid = s.study_uid and u.modality <> '') end";

  private SearchColumns() {}

  /** Those of a search. */
  static String of(Search search) {
    String studies = Availability.EVICTED_OF_STUDY + ", " + tags(search) + studies(search);
    return switch (search.target().level()) {
      case STUDY -> studies;
      case SERIES -> studies + series(search);
      case INSTANCE -> studies + series(search) + INSTANCES;
    };
  }

  private static String studies(Search search) {
    Selection selection = search.selection();
    return "s.study_uid, "
        + (selection.readsPatients() ? "p.attributes" : "null")
        + ", "
        + (selection.readsStudies() ? "s.attributes" : timezone("s"))
        + ", s.series_count, s.instance_count, "
        + array(selection.returnsComputed(Tag.ModalitiesInStudy, Level.STUDY), MODALITIES)
        + ", "
        + array(selection.returns(Tag.SOPClassesInStudy, Level.STUDY), "s.sop_classes");
  }

  private static String series(Search search) {
    return ", se.series_uid, "
        + (search.selection().readsSeries() ? "se.attributes" : timezone("se"))
        + ", se.instance_count";
  }

  /** The one attribute that is always returned, as an object; null when there is none. */
  private static String timezone(String row) {
    return "'{\"00080201\": ' || (%s.attributes -> '00080201')::text || '}'".formatted(row);
  }

  private static String array(boolean returned, String column) {
    return returned ? "array_to_json(" + column + ")" : "null";
  }

  /** Values of extended query tags, {@code [[tag id, value], ...]}. */
  private static String tags(Search search) {
    List<TagKey> tags = search.selection().tags();
    if (tags.isEmpty()) {
      return "null, ";
    }
    String uids =
        switch (search.target().level()) {
          case STUDY -> "q.series_uid = '' and q.sop_uid = ''";
          case SERIES -> "q.series_uid in ('', se.series_uid) and q.sop_uid = ''";
          case INSTANCE -> "q.series_uid in ('', i.series_uid) and q.sop_uid in ('', i.sop_uid)";
        };
    String ids =
        tags.stream().map(key -> Integer.toString(key.tag().id())).collect(Collectors.joining(","));
    return "(select json_agg(json_build_array(q.tag_id, q.shown) order by q.tag_id, q.ordinal)::text"
        + " from query_tag_value q where q.tenant = s.tenant and q.study_uid = s.study_uid and "
        + uids
        + " and q.tag_id in ("
        + ids
        + ")), ";
  }
}
