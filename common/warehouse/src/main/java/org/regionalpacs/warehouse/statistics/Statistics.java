package org.regionalpacs.warehouse.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseUnavailableException;

/**
 * Asks the warehouse for statistics, always of the tenants in the {@link Scope}. The SQL is what
 * PostgreSQL and MySQL (Doris) both understand. What was received is asked of {@code
 * received_series}, a table in PostgreSQL, which is to be a view with these columns elsewhere.
 */
public final class Statistics {
  /** Rows of an answer, at most: the hours of 800 days. */
  public static final int MOST = 20_000;

  private final Warehouse warehouse;

  public Statistics(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** What most want to know, by four questions. */
  public Overview overview(Scope scope) throws WarehouseUnavailableException {
    List<Accesses> byOperation = accesses(scope, AccessBy.OPERATION);
    return new Overview(
        Received.sum(received(scope, ReceivedBy.TENANT)),
        received(scope, ReceivedBy.MODALITY),
        Delays.sum(scope.from(), delays(scope)),
        Accesses.sum(byOperation),
        byOperation);
  }

  /** What was received, in the order of the groups. */
  public List<Received> received(Scope scope, ReceivedBy by) throws WarehouseUnavailableException {
    return received(scope, by, by.columns(), MOST);
  }

  /** The departments that most studies were made for, the first with the most. */
  public List<Received> topReferringDepartments(Scope scope, int most)
      throws WarehouseUnavailableException {
    return received(
        scope, ReceivedBy.REFERRING_DEPARTMENT, "studies desc, referring_department", most);
  }

  /** Series by series, then study by study: counting distinct ones of a group takes sorting. */
  private List<Received> received(Scope scope, ReceivedBy by, String order, int most)
      throws WarehouseUnavailableException {
    String tenant = by == ReceivedBy.TENANT ? "" : ", tenant";
    String sql =
        """
        select %1$s, count(*) as studies, sum(series) as series, sum(instances) as instances,
               sum(bytes) as bytes
          from (select %1$s%2$s, study_uid, count(*) as series, sum(instances) as instances,
                       sum(bytes) as bytes
                  from (select %1$s%2$s, study_uid, series_uid, sum(instances) as instances,
                               sum(bytes) as bytes
                          from {received_series} where %3$s
                         group by %1$s%2$s, study_uid, series_uid) one_series
                 group by %1$s%2$s, study_uid) one_study
         group by %1$s order by %4$s
        """
            .formatted(by.columns(), tenant, scope.condition("received_day"), order);
    int width = by.width();
    return ask(
        scope,
        sql,
        most,
        row ->
            new Received(
                row.subList(0, width).stream().map(String::valueOf).toList(),
                number(row, width),
                number(row, width + 1),
                number(row, width + 2),
                number(row, width + 3)));
  }

  /** How long objects took into the index, day by day. */
  public List<Delays> delays(Scope scope) throws WarehouseUnavailableException {
    String sums =
        Arrays.stream(Delays.COLUMNS.split(", *"))
            .map("sum(%s)"::formatted)
            .collect(Collectors.joining(", "));
    return ask(
        scope,
        "select received_day, %s from {received_series} where %s group by received_day order by 1"
            .formatted(sums, scope.condition("received_day")),
        MOST,
        row -> {
          List<Long> counts = new ArrayList<>();
          for (int i = 1; i < row.size(); i++) {
            counts.add(number(row, i));
          }
          return new Delays((LocalDate) row.getFirst(), counts);
        });
  }

  /** What was received hour by hour, of hours in which something was. */
  public List<HourRate> rate(Scope scope) throws WarehouseUnavailableException {
    return ask(
        scope,
        """
        select received_day, received_hour, sum(instances), sum(bytes) from {received_series}
         where %s group by received_day, received_hour order by 1, 2
        """
            .formatted(scope.condition("received_day")),
        MOST,
        row ->
            new HourRate(
                (LocalDate) row.get(0), (int) number(row, 1), number(row, 2), number(row, 3)));
  }

  /** Requests, the groups with the most first; days in their order. */
  public List<Accesses> accesses(Scope scope, AccessBy by) throws WarehouseUnavailableException {
    return ask(
        scope,
        """
        select %1$s, count(*) as requests, sum(case when comment <> '' then 1 else 0 end),
               sum(bytes), max(millis)
          from {wado_access_log} where %2$s group by %1$s order by %3$s
        """
            .formatted(
                by.column(),
                scope.condition("day"),
                by == AccessBy.DAY ? "day" : "requests desc, " + by.column()),
        MOST,
        row ->
            new Accesses(
                String.valueOf(row.getFirst()),
                number(row, 1),
                number(row, 2),
                number(row, 3),
                number(row, 4)));
  }

  /** The retrieves that took longest. */
  public List<Retrieve> slowestRetrieves(Scope scope, int most)
      throws WarehouseUnavailableException {
    return ask(
        scope,
        """
        select tenant, time, operation, peer, study_uid, served_from, bytes, millis
          from {wado_access_log} where %s and served_from <> ''
         order by millis desc, event_id
        """
            .formatted(scope.condition("day")),
        most,
        row ->
            new Retrieve(
                text(row, 0),
                (Instant) row.get(1),
                text(row, 2),
                text(row, 3),
                text(row, 4),
                text(row, 5),
                number(row, 6),
                number(row, 7)));
  }

  /** Conversions by what they were of and how they ended. */
  public List<Conversions> conversions(Scope scope) throws WarehouseUnavailableException {
    return ask(
        scope,
        """
        select from_syntax, to_syntax, outcome, count(*), sum(size_before), sum(size_after),
               sum(millis)
          from {conversion_record} where %s
         group by from_syntax, to_syntax, outcome order by 1, 2, 3
        """
            .formatted(scope.condition("day")),
        MOST,
        row ->
            new Conversions(
                text(row, 0),
                text(row, 1),
                text(row, 2),
                number(row, 3),
                number(row, 4),
                number(row, 5),
                number(row, 6)));
  }

  private <T> List<T> ask(Scope scope, String sql, int most, Function<List<Object>, T> row)
      throws WarehouseUnavailableException {
    if (most < 1 || most > MOST) {
      throw new IllegalArgumentException("1 to %d rows, not %d".formatted(MOST, most));
    }
    String limited = sql.strip() + " limit " + most;
    return warehouse.query(new WarehouseQuery(limited, scope.arguments(), most), row);
  }

  private static String text(List<Object> row, int column) {
    return String.valueOf(row.get(column));
  }

  private static long number(List<Object> row, int column) {
    return ((Number) row.get(column)).longValue();
  }
}
