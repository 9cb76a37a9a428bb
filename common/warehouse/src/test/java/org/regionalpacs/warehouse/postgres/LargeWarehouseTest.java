package org.regionalpacs.warehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.SampleRows;
import org.regionalpacs.warehouse.WarehouseTable;
import org.regionalpacs.warehouse.statistics.AccessBy;
import org.regionalpacs.warehouse.statistics.Received;
import org.regionalpacs.warehouse.statistics.ReceivedBy;
import org.regionalpacs.warehouse.statistics.Scope;
import org.regionalpacs.warehouse.statistics.Statistics;

/**
 * What statistics cost on five million objects of three hospitals and two years: 20 of a series, 60
 * of a study, with 500,000 requests and as many conversions; the scope is all of it. {@code
 * -Dpacs.test.warehouse.objects} asks for another number.
 */
@Tag("long")
class LargeWarehouseTest {
  private static final int OBJECTS = Integer.getInteger("pacs.test.warehouse.objects", 5_000_000);
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  private static final LocalDate LAST = FIRST.plusDays(729);
  private static final Duration LIMIT = Duration.ofSeconds(1);

  @Test
  void givenFiveMillionObjects_whenAsked_thenEachAnswerTakesLessThanASecond() throws Exception {
    try (TestWarehouse test = new TestWarehouse(Clock.systemUTC())) {
      fill(test);
      Statistics statistics = new Statistics(test.warehouse());
      Scope scope = new Scope(Set.of("h0", "h1", "h2"), FIRST, LAST);

      Map<String, Duration> times = new LinkedHashMap<>();
      for (ReceivedBy by : ReceivedBy.values()) {
        times.put("received by " + by, time(() -> statistics.received(scope, by)));
      }
      for (AccessBy by : AccessBy.values()) {
        times.put("accesses by " + by, time(() -> statistics.accesses(scope, by)));
      }
      times.put("delays", time(() -> statistics.delays(scope)));
      times.put("rate", time(() -> statistics.rate(scope)));
      times.put("slowest", time(() -> statistics.slowestRetrieves(scope, 100)));
      times.put("top departments", time(() -> statistics.topReferringDepartments(scope, 10)));
      times.put("conversions", time(() -> statistics.conversions(scope)));
      Scope month = new Scope(scope.tenants(), LAST.minusDays(29), LAST);
      Scope today = new Scope(scope.tenants(), LAST, LAST);
      times.put(
          "summary", time(() -> List.of(statistics.overview(today), statistics.overview(month))));
      times.put("load of 5000", time(() -> test.warehouse().load(batch())));

      times.forEach((name, time) -> System.out.printf("%-35s %5d ms%n", name, time.toMillis()));
      assertThat(
              statistics.received(scope, ReceivedBy.TENANT).stream()
                  .mapToLong(Received::instances)
                  .sum())
          .isEqualTo(OBJECTS);
      times.remove("load of 5000");
      assertThat(times).allSatisfy((_, time) -> assertThat(time).isLessThan(LIMIT));
    }
  }

  /** The better of two, as others are at work on the machine. */
  private static Duration time(Callable<?> work) throws Exception {
    Duration best = Duration.ofDays(1);
    for (int i = 0; i < 2; i++) {
      long begun = System.nanoTime();
      work.call();
      Duration time = Duration.ofNanos(System.nanoTime() - begun);
      best = time.compareTo(best) < 0 ? time : best;
    }
    return best;
  }

  /** Of a day and tenant that aren't in the scope; the second time into series that are there. */
  private static Batch batch() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      String study = "2.5." + i / 100;
      rows.add(SampleRows.image("other", study, study + "." + i));
    }
    return new Batch(rows.getFirst().table(), "large-" + UUID.randomUUID(), rows);
  }

  private static void fill(TestWarehouse test) throws Exception {
    List<LocalDate> months = new ArrayList<>();
    for (LocalDate month = FIRST; !month.isAfter(LAST); month = month.plusMonths(1)) {
      months.add(month);
    }
    for (WarehouseTable table : WarehouseTable.values()) {
      test.warehouse().partitions().require(table, months, Deadline.in(Duration.ofMinutes(2)));
    }
    test.execute(
        """
        insert into warehouse.dicom_image_meta (received_day, tenant, study_uid, series_uid, sop_uid,
               reception_id, size, received, indexed, modality, referring_department, station,
               manufacturer, model, institution, accession_number, study_date, kvp)
        select date '2024-01-01' + study %% 730, 'h' || study %% 3, '1.2.840.99999.1.' || study,
               '1.2.840.99999.2.' || n / 20, '1.2.840.99999.3.' || n, md5(n::text)::uuid::text,
               500000 + n %% 1000, timestamptz '2024-01-01 08:00:00Z' + study %% 730 * interval '1 day'
                 + study %% 36000 * interval '1 second',
               timestamptz '2024-01-01 08:00:00Z' + study %% 730 * interval '1 day'
                 + study %% 36000 * interval '1 second' + (n::bigint * 7919) %% 9000 * interval '1 ms',
               (array['CT', 'MR', 'DX', 'US', 'PT'])[1 + study %% 5], 'department ' || study %% 40,
               'station ' || study %% 60, 'manufacturer ' || study %% 6, 'model ' || study %% 20,
               'hospital ' || study %% 3, 'A' || study, date '2024-01-01' + study %% 730, 120
          from (select n, n / 60 as study from generate_series(0, %d - 1) n) o
        """
            .formatted(OBJECTS));
    test.execute(ReceivedSeries.sums("true"));
    test.execute(
        """
        insert into warehouse.wado_access_log (day, event_id, tenant, time, service, operation, peer,
               study_uid, status, bytes, millis, served_from)
        select date '2024-01-01' + n %% 730, md5(n::text)::uuid::text, 'h' || n %% 3,
               timestamptz '2024-01-01 08:00:00Z' + n %% 730 * interval '1 day', 'wado',
               'operation ' || n %% 12, 'user ' || n %% 200, '1.2.840.99999.1.' || n %% 80000, 200,
               500000, n %% 7919, case when n %% 2 = 0 then 'online' else '' end
          from generate_series(1, %d / 10) n
        """
            .formatted(OBJECTS));
    test.execute(
        """
        insert into warehouse.conversion_record (day, event_id, tenant, time, from_syntax, to_syntax,
               millis, size_before, size_after, outcome)
        select date '2024-01-01' + n %% 730, md5(n::text)::uuid::text, 'h' || n %% 3,
               timestamptz '2024-01-01 08:00:00Z' + n %% 730 * interval '1 day',
               '1.2.840.10008.1.2.' || n %% 4, '1.2.840.10008.1.2.4.201', n %% 997, 500000, 200000,
               case when n %% 50 = 0 then 'failed' else 'done' end
          from generate_series(1, %d / 10) n
        """
            .formatted(OBJECTS));
    test.execute("vacuum analyze");
  }
}
