package org.regionalpacs.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The statements on {@code query_tag_value}, {@code query_tag_error} and {@code query_tag_waiting}.
 * The caller holds the locks of the studies' and series' rows.
 */
final class QueryTagTable {

  /**
   * What an object says of a tag.
   *
   * @param instance the object's
   */
  record Entry(InstanceIdentity instance, UUID receptionId, QueryTagReading reading) {
    private QueryTag tag() {
      return reading.tag();
    }

    /** Empty when it is said of the study. */
    private String series() {
      return tag().level() == QueryTagLevel.STUDY ? "" : instance.seriesUid();
    }

    /** Empty when it is said of the study or the series. */
    private String sop() {
      return tag().level() == QueryTagLevel.INSTANCE ? instance.sopUid() : "";
    }
  }

  private record Place(String tenant, String study, String series, String sop, int tag) {
    static final Comparator<Place> ORDER =
        Comparator.comparing(Place::tenant)
            .thenComparing(Place::study)
            .thenComparing(Place::series)
            .thenComparing(Place::sop)
            .thenComparing(Place::tag);

    static Place of(Entry entry) {
      InstanceIdentity instance = entry.instance();
      return new Place(
          instance.tenant(), instance.studyUid(), entry.series(), entry.sop(), entry.tag().id());
    }
  }

  private record Value(Entry entry, int ordinal, QueryTagValue value) {}

  private static Rows<Entry> entries() {
    return new Rows<Entry>()
        .text("tenant", row -> row.instance().tenant())
        .text("study_uid", row -> row.instance().studyUid())
        .text("series_uid", Entry::series)
        .text("sop_uid", Entry::sop)
        .integer("tag_id", row -> row.tag().id())
        .uuid("reception_id", Entry::receptionId);
  }

  /**
   * An instance's values are those of its current version; of others, the first object's stay. As
   * in the other statements here, rows are looked up key by key, see {@link BatchStatement}.
   */
  private static final BatchStatement<Entry> CLEAR =
      new BatchStatement<>(
          entries(),
          """
          delete from query_tag_value
           where ctid = any (array(
                 select k.ctid from %2$s
                  cross join lateral (
                        select v.ctid from query_tag_value v
                         where v.tenant = r.tenant and v.study_uid = r.study_uid
                           and v.series_uid = r.series_uid and v.sop_uid = r.sop_uid
                           and v.tag_id = r.tag_id
                           and (r.sop_uid <> '' or v.reception_id > r.reception_id)
                        offset 0) k))
          """);

  private static final BatchStatement<Value> INSERT =
      new BatchStatement<>(
          new Rows<Value>()
              .text("tenant", row -> row.entry().instance().tenant())
              .text("study_uid", row -> row.entry().instance().studyUid())
              .text("series_uid", row -> row.entry().series())
              .text("sop_uid", row -> row.entry().sop())
              .integer("tag_id", row -> row.entry().tag().id())
              .integer("ordinal", Value::ordinal)
              .uuid("reception_id", row -> row.entry().receptionId())
              .text("shown", row -> row.value().shown())
              .optionalText("text_value", row -> row.value().text())
              .optionalText("name_value", row -> row.value().name())
              .optionalNumber("number_value", row -> row.value().number()),
          """
          insert into query_tag_value (%1$s)
          select %1$s from %2$s
           where not exists (
                 select 1 from query_tag_value v
                  where v.tenant = r.tenant and v.study_uid = r.study_uid
                    and v.series_uid = r.series_uid and v.sop_uid = r.sop_uid
                    and v.tag_id = r.tag_id
                 offset 0)
          """);

  private static final BatchStatement<Entry> COMPLAIN =
      new BatchStatement<>(
          new Rows<Entry>()
              .text("tenant", row -> row.instance().tenant())
              .integer("tag_id", row -> row.tag().id())
              .text("study_uid", row -> row.instance().studyUid())
              .text("series_uid", row -> row.instance().seriesUid())
              .text("sop_uid", row -> row.instance().sopUid())
              .text("reason", row -> row.reading().problem()),
          """
          insert into query_tag_error (%1$s) select %1$s from %2$s
          on conflict (tenant, tag_id, study_uid, series_uid, sop_uid)
          do update set reason = excluded.reason, happened = now()
          """);

  private static final Rows<InstanceIdentity> INSTANCES =
      new Rows<InstanceIdentity>()
          .text("tenant", InstanceIdentity::tenant)
          .text("study_uid", InstanceIdentity::studyUid)
          .text("series_uid", InstanceIdentity::seriesUid)
          .text("sop_uid", InstanceIdentity::sopUid);

  private static final BatchStatement<InstanceIdentity> FORGIVE =
      new BatchStatement<>(
          INSTANCES,
          """
          delete from query_tag_error
           where ctid = any (array(
                 select k.ctid from %2$s
                  cross join lateral (
                        select e.ctid from query_tag_error e
                         where e.tenant = r.tenant and e.study_uid = r.study_uid
                           and e.series_uid = r.series_uid and e.sop_uid = r.sop_uid
                        offset 0) k))
          """);

  /**
   * What was taken from versions that are no longer current; where it was, others are looked at.
   */
  private static final BatchStatement<Version> FORGET =
      new BatchStatement<>(
          new Rows<Version>()
              .text("tenant", version -> version.identity().tenant())
              .text("study_uid", version -> version.identity().studyUid())
              .text("series_uid", version -> version.identity().seriesUid())
              .text("sop_uid", version -> version.identity().sopUid())
              .uuid("reception_id", Version::receptionId),
          """
          with gone as (
            delete from query_tag_value
             where ctid = any (array(
                   select k.ctid from %2$s
                    cross join lateral (
                          select v.ctid from query_tag_value v
                           where v.tenant = r.tenant and v.study_uid = r.study_uid
                             and v.series_uid in ('', r.series_uid)
                             and v.sop_uid in ('', r.sop_uid)
                             and v.reception_id = r.reception_id
                          offset 0) k))
            returning tenant, study_uid, series_uid, sop_uid
          )
          """
              + QueryTagStatements.AWAIT_OTHERS);

  private static final BatchStatement<SeriesIdentity> AWAIT =
      new BatchStatement<>(
          new Rows<SeriesIdentity>()
              .text("tenant", SeriesIdentity::tenant)
              .text("study_uid", SeriesIdentity::studyUid)
              .text("series_uid", SeriesIdentity::seriesUid),
          "insert into query_tag_waiting as w (%1$s) select %1$s from %2$s"
              + QueryTagStatements.ONCE_MORE);

  private final JdbcTemplate jdbc;

  QueryTagTable(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Writes what current objects say, and what is wrong with it.
   *
   * @param read of each tag that an object was read for, also when it has no value
   */
  void write(List<Entry> read) {
    Map<Place, Entry> first = new TreeMap<>(Place.ORDER);
    for (Entry entry : read) {
      if (entry.reading().found()) {
        first.merge(Place.of(entry), entry, QueryTagTable::earlier);
      }
    }
    List<Entry> entries = List.copyOf(first.values());
    CLEAR.execute(jdbc, entries);
    List<Value> values = new ArrayList<>();
    for (Entry entry : entries) {
      List<QueryTagValue> all = entry.reading().values();
      for (int i = 0; i < all.size(); i++) {
        values.add(new Value(entry, i, all.get(i)));
      }
    }
    INSERT.execute(jdbc, values);
    COMPLAIN.execute(
        jdbc, read.stream().filter(entry -> !entry.reading().problem().isEmpty()).toList());
  }

  private static Entry earlier(Entry one, Entry other) {
    return Version.RECEPTION_ORDER.compare(one.receptionId(), other.receptionId()) <= 0
        ? one
        : other;
  }

  /** Takes back complaints about these instances. */
  void forgive(List<InstanceIdentity> instances) {
    FORGIVE.execute(jdbc, instances);
  }

  /** Removes what was taken from versions that are no longer current. */
  void forget(List<Version> versions) {
    FORGET.execute(jdbc, versions);
  }

  /** Has series read once more, for all tags. */
  void await(Collection<SeriesIdentity> series) {
    AWAIT.execute(jdbc, series.stream().sorted(RowOrder.SERIES).toList());
  }
}
