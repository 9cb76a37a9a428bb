package org.regionalpacs.wado.query;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.wado.query.Search.Page;

/** The SQL of a search: newest study first, and in an order that is the same for every page. */
final class SearchSql {
  private static final String PATIENT_JOIN =
      " join patient p on p.tenant = s.tenant and p.patient_key = s.patient_key";
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
    Condition all = where(tenant, search);
    boolean matchesPatients = all.mentions("p.");
    String columns = "select " + SearchColumns.of(search);
    // By the index of this order alone, what is passed over costs little.
    if (page.offset() > 0 && !matchesPatients) {
      return after(columns, search, all, page);
    }
    Level level = search.target().level();
    boolean patients = matchesPatients || search.selection().readsPatients();
    String from = " from study s" + joins(level, patients);
    return paged(columns + from + " where " + all.sql() + order(level), all, search, page);
  }

  /** How many rows a page would have. */
  static Condition count(String tenant, Search search, Page page) {
    Condition all = where(tenant, search);
    Level level = search.target().level();
    boolean patients = all.mentions("p.");
    String from = " from study s" + joins(level, patients);
    // In their order an index has studies. What is found by patients or by parts of texts isn't in
    // it: there the first ones will do, as sorting them would take all.
    boolean inOrder = level == Level.STUDY && !patients && !all.mentions(" like ");
    String order = inOrder ? STUDY_ORDER : "";
    Condition rows = paged("select 1" + from + " where " + all.sql() + order, all, search, page);
    return new Condition("select count(*) from (" + rows.sql() + ") page", rows.parameters());
  }

  /** Finds the keys of the page first, and what belongs to them afterwards. */
  private static Condition after(String columns, Search search, Condition all, Page page) {
    Level level = search.target().level();
    String keys =
        switch (level) {
          case STUDY -> "s.tenant, s.study_uid";
          case SERIES -> "s.tenant, s.study_uid, se.series_uid";
          case INSTANCE -> "s.tenant, s.study_uid, se.series_uid, i.sop_uid";
        };
    Condition found =
        paged(
            "select "
                + keys
                + " from study s"
                + joins(level, false)
                + " where "
                + all.sql()
                + order(level),
            all,
            search,
            page);
    String same =
        switch (level) {
          case STUDY -> "";
          case SERIES -> " and se.series_uid = k.series_uid";
          case INSTANCE -> " and se.series_uid = k.series_uid and i.sop_uid = k.sop_uid";
        };
    return new Condition(
        columns
            + " from ("
            + found.sql()
            + ") k join study s on s.tenant = k.tenant and s.study_uid = k.study_uid"
            + joins(level, search.selection().readsPatients())
            + " where true"
            + same
            + order(level),
        found.parameters());
  }

  /**
   * Where the plan can't depend on the values, PostgreSQL makes one for all: the limit is part of
   * the text then, as it takes an unknown one for a tenth of the table. Elsewhere an unknown limit
   * keeps it from a plan for any values.
   */
  private static Condition paged(String sql, Condition where, Search search, Page page) {
    List<Object> parameters = new ArrayList<>(where.parameters());
    StringBuilder text = new StringBuilder(sql);
    if (search.steady()) {
      text.append(" limit ").append(page.limit());
    } else {
      text.append(" limit ?");
      parameters.add(page.limit());
    }
    if (page.offset() > 0) {
      text.append(" offset ?");
      parameters.add(page.offset());
    }
    return new Condition(text.toString(), parameters);
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

  private static String joins(Level level, boolean patients) {
    String above = patients ? PATIENT_JOIN : "";
    return switch (level) {
      case STUDY -> above;
      case SERIES -> above + SERIES_JOIN;
      case INSTANCE -> above + SERIES_JOIN + INSTANCE_JOIN;
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
