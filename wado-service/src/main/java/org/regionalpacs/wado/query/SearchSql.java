package org.regionalpacs.wado.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.regionalpacs.wado.query.Search.Page;

/** The SQL of a search: newest study first, and in an order that is the same for every page. */
final class SearchSql {
  private static final String STUDY_JOIN =
      " from study s join patient p on p.tenant = s.tenant and p.patient_key = s.patient_key";
  private static final String SERIES_JOIN =
      " join series se on se.tenant = s.tenant and se.study_uid = s.study_uid";
  private static final String INSTANCE_JOIN =
      " join instance i on i.tenant = se.tenant and i.study_uid = se.study_uid"
          + " and i.series_uid = se.series_uid";
  private static final String STUDY_ORDER =
      " order by s.study_date desc, s.study_time desc, s.study_uid";

  private SearchSql() {}

  /** The rows of a page. */
  static Condition of(String tenant, Search search, Page page) {
    Level level = search.target().level();
    Condition all = where(tenant, search);
    return paged(
        "select " + columns(search) + from(level) + " where " + all.sql() + order(level),
        all,
        page);
  }

  /** How many rows a page would have. */
  static Condition count(String tenant, Search search, Page page) {
    Condition all = where(tenant, search);
    String from = from(search.target().level());
    Condition rows = paged("select 1" + from + " where " + all.sql(), all, page);
    return new Condition("select count(*) from (" + rows.sql() + ") page", rows.parameters());
  }

  private static Condition paged(String sql, Condition where, Page page) {
    List<Object> parameters = new ArrayList<>(where.parameters());
    parameters.add(page.limit());
    parameters.add(page.offset());
    return new Condition(sql + " limit ? offset ?", parameters);
  }

  private static Condition where(String tenant, Search search) {
    List<Condition> where = new ArrayList<>();
    where.add(Condition.of("s.tenant = ?", tenant));
    Level level = search.target().level();
    List<Condition> below = new ArrayList<>();
    search
        .conditions()
        .forEach((of, conditions) -> (of.below(level) ? below : where).addAll(conditions));
    if (!below.isEmpty()) {
      boolean instances = search.conditions().containsKey(Level.INSTANCE);
      where.add(anyBelow(level, instances, Condition.allOf(below)));
    }
    return Condition.allOf(where).in(tenant);
  }

  private static String columns(Search search) {
    Selection selection = search.selection();
    String studies =
        "s.study_uid, s.series_count, s.instance_count as study_instance_count, s.modalities,"
            + " s.sop_classes, "
            + kept(selection.reads(Level.STUDY), "p", "patient_attributes")
            + ", "
            + kept(selection.reads(Level.STUDY), "s", "study_attributes");
    String series =
        ", se.series_uid, se.instance_count as series_instance_count"
            + ", "
            + kept(selection.reads(Level.SERIES), "se", "series_attributes");
    String instances =
        ", i.sop_uid, i.sop_class, i.transfer_syntax, i.instance_number, i.rows, i.columns,"
            + " i.bits_allocated, i.number_of_frames";
    Level level = search.target().level();
    return Availability.nearline(level)
        + tags(search)
        + switch (level) {
          case STUDY -> studies;
          case SERIES -> studies + series;
          case INSTANCE -> studies + series + instances;
        };
  }

  /** Values of extended query tags, {@code [[tag id, value], ...]}. */
  private static String tags(Search search) {
    List<TagKey> tags = search.selection().tags();
    if (tags.isEmpty()) {
      return "null as tags, ";
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
        + ")) as tags, ";
  }

  /** All of a row's attributes, or the one that is always returned. */
  private static String kept(boolean read, String row, String name) {
    String json =
        read
            ? row + ".attributes"
            : "jsonb_strip_nulls(jsonb_build_object('00080201', %s.attributes -> '00080201'))"
                .formatted(row);
    return json + "::text as " + name;
  }

  private static String from(Level level) {
    return switch (level) {
      case STUDY -> STUDY_JOIN;
      case SERIES -> STUDY_JOIN + SERIES_JOIN;
      case INSTANCE -> STUDY_JOIN + SERIES_JOIN + INSTANCE_JOIN;
    };
  }

  private static String order(Level level) {
    return switch (level) {
      case STUDY -> STUDY_ORDER;
      case SERIES -> STUDY_ORDER + ", se.series_number, se.series_uid";
      case INSTANCE ->
          STUDY_ORDER + ", se.series_number, se.series_uid, i.instance_number, i.sop_uid";
    };
  }

  /** A study matches by what is below it when one series or instance there does. */
  private static Condition anyBelow(Level level, boolean instances, Condition condition) {
    String from =
        switch (level) {
          case STUDY ->
              "series se"
                  + (instances ? INSTANCE_JOIN : "")
                  + " where se.tenant = s.tenant and se.study_uid = s.study_uid";
          case SERIES ->
              "instance i where i.tenant = se.tenant and i.study_uid = se.study_uid"
                  + " and i.series_uid = se.series_uid";
          case INSTANCE -> throw new IllegalStateException("nothing is below an instance");
        };
    return new Condition(
        "exists (select 1 from " + from + " and " + condition.sql() + ")", condition.parameters());
  }
}
