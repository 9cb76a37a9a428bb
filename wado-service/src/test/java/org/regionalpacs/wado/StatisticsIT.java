package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.index.StorageCounting;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.SampleRows;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseTable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Statistics over HTTP, of rows in a real warehouse. */
class StatisticsIT extends WadoIT {
  /** Whose rows these are. */
  private static final String STATISTICS = "/tenants/third/api/statistics/";

  /** Long ago, so that no other test's rows are of it. */
  private static final LocalDate DAY = LocalDate.of(2024, 2, 29);

  private static final Instant TIME = Instant.parse("2024-02-29T07:15:00Z");
  private static final String RANGE = "from=2024-02-28&to=2024-02-29";

  @Autowired Warehouse warehouse;
  @Autowired JdbcClient jdbc;
  @Autowired DataSource database;
  @Autowired PlatformTransactionManager transactions;

  @BeforeAll
  void load() throws Exception {
    load(
        image("third", "1.1", "1.1.1", 1).set("referring_department", "Surgery"),
        image("third", "1.1", "1.1.2", 3).set("referring_department", "Surgery"),
        image("third", "1.1", "1.1.3", 90)
            .set("received_day", DAY.minusDays(1))
            .set("referring_department", "Surgery"),
        image("third", "1.2", "1.2.1", 1)
            .set("modality", "MR")
            .set("institution", "North")
            .set("station", "MR1")
            .set("manufacturer", "Maker")
            .set("model", "Big"),
        image("fourth", "1.1", "1.1.9", 1).set("modality", "XA").set("size", 777_777L));
    load(
        access("third", "WADO-RS frames", "ann", 5).set("served_from", "online"),
        access("third", "WADO-RS frames", "bob", 50).set("served_from", "redis"),
        access("third", "WADO-RS study", "bob", 500).set("comment", "no such study"),
        access("fourth", "WADO-RS secret", "mallory", 5000).set("served_from", "online"));
    load(conversion("third", "done"), conversion("third", "failed"), conversion("fourth", "done"));
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    load(
        image("fourth", "1.7", "1.7.1", 1).set("received_day", today),
        image("fourth", "1.7", "1.7.2", 1).set("received_day", today.minusDays(29)),
        image("fourth", "1.8", "1.8.1", 1).set("received_day", today.minusDays(30)));
    load(access("fourth", "C-STORE", "CT1", 7).set("day", today));
  }

  /** The first entries of each answer, and how many there are; members that may change left out. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "received?by=day | received | 2 | {'Day':'2024-02-28','Studies':1,'Series':1,'Instances':1,'Bytes':1000}",
        "received?by=modality | received | 2 | {'Modality':'CT','Studies':1,'Series':1,'Instances':3,'Bytes':3000}",
        "received?by=hospital | received | 1 | {'Hospital':'third','Studies':2,'Series':2,'Instances':4,'Bytes':4000}",
        "received?by=institution | received | 2 | {'Institution':'','Studies':1,'Series':1,'Instances':3,'Bytes':3000}",
        "received?by=equipment | received | 2 | {'Station':'','Manufacturer':'','Model':'','Studies':1,'Series':1,'Instances':3,'Bytes':3000}",
        "received?by=department | received | 2 | {'Department':'','Studies':1,'Series':1,'Instances':1,'Bytes':1000}",
        "departments?limit=1 | departments | 1 | {'Department':'','Studies':1,'Series':1,'Instances':1,'Bytes':1000}",
        "rate? | rate | 2 | {'Hour':'2024-02-28T07:00:00Z','Instances':1,'Bytes':1000,'InstancesPerSecond':0.0,'BytesPerSecond':0}",
        "delays? | delays | 2 | {'Day':'2024-02-28','Instances':1,'P50Millis':180000,'P90Millis':276000,'P95Millis':288000,'P99Millis':297600,'LongerThanADay':0}",
        "accesses?by=operation | accesses | 2 | {'Operation':'WADO-RS frames','Requests':2,'Failures':0,'Bytes':20,'LongestMillis':50}",
        "accesses?by=day | accesses | 1 | {'Day':'2024-02-29','Requests':3,'Failures':1,'Bytes':30,'LongestMillis':500}",
        "accesses?by=user | accesses | 2 | {'User':'bob','Requests':2,'Failures':1,'Bytes':20,'LongestMillis':500}",
        "accesses?by=hospital | accesses | 1 | {'Hospital':'third','Requests':3,'Failures':1,'Bytes':30,'LongestMillis':500}",
        "slowest-retrieves? | retrieves | 2 | {'Time':'2024-02-29T07:15:00Z','Operation':'WADO-RS frames','User':'bob','StudyInstanceUID':'','ServedFrom':'redis','Bytes':10,'Millis':50}",
        "slowest-retrieves?limit=1 | retrieves | 1 | {'Time':'2024-02-29T07:15:00Z','Operation':'WADO-RS frames','User':'bob','StudyInstanceUID':'','ServedFrom':'redis','Bytes':10,'Millis':50}",
        "conversions? | conversions | 2 | {'FromTransferSyntax':'1.2.1','ToTransferSyntax':'1.2.90','Outcome':'done','Conversions':1,'BytesBefore':100,'BytesAfter':40,'Millis':3}"
      })
  void givenRows_whenAsked_thenEachStatisticHasTheNumbersOfItsTenant(
      String question, String list, int entries, String first) {
    Answer answer = ask(STATISTICS + question + "&" + RANGE);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    JsonNode body = answer.json();
    assertThat(body.get("from").asString()).isEqualTo("2024-02-28");
    assertThat(body.get("to").asString()).isEqualTo("2024-02-29");
    assertThat(body.get("timezone").asString()).isEqualTo("UTC");
    assertThat(body.get(list)).hasSize(entries);
    JsonNode expected = new JsonMapper().readTree(first.replace('\'', '"'));
    assertThat(body.get(list).get(0).toString()).isEqualTo(expected.toString());
    assertThat(body.toString()).doesNotContain("fourth", "XA", "secret", "mallory", "777777");
  }

  @Test
  void givenDelays_whenAsked_thenTheWholeRangeHasPercentilesToo() {
    JsonNode total = ask(STATISTICS + "delays?" + RANGE).json().get("total");

    assertThat(total.get("Instances").asLong()).isEqualTo(4);
    assertThat(total.get("P50Millis").asLong()).isBetween(500L, 1000L);
    assertThat(total.get("P99Millis").asLong()).isBetween(60_000L, 300_000L);
  }

  @Test
  void givenTodaysRows_whenTheSummaryIsAsked_thenTodayAndThirtyDaysAreThere() {
    JsonNode summary = ask("/tenants/fourth/api/statistics/summary").json();

    assertThat(summary.get("timezone").asString()).isEqualTo("UTC");
    assertThat(summary.at("/today/Studies").asLong()).isEqualTo(1);
    assertThat(summary.at("/today/Instances").asLong()).isEqualTo(1);
    assertThat(summary.at("/today/From")).isEqualTo(summary.at("/today/To"));
    assertThat(summary.at("/today/Accesses/Requests").asLong()).isEqualTo(1);
    assertThat(summary.at("/today/Accesses/Operations/0/Operation").asString())
        .isEqualTo("C-STORE");
    assertThat(summary.at("/last30Days/Studies").asLong()).as("one study").isEqualTo(1);
    assertThat(summary.at("/last30Days/Instances").asLong()).isEqualTo(2);
    assertThat(summary.at("/last30Days/Modalities/0/Modality").asString()).isEqualTo("CT");
    assertThat(summary.at("/last30Days/Delays/P50Millis").asLong()).isBetween(500L, 1000L);
    assertThat(summary.at("/storage/tiers").isArray()).isTrue();
  }

  @Test
  void givenNoDays_whenAsked_thenTheLastThirtyAreMeantUntilToday() {
    JsonNode answer = ask("/tenants/fourth/api/statistics/received").json();

    assertThat(answer.get("by").asString()).isEqualTo("day");
    assertThat(answer.get("received")).hasSize(2);
    assertThat(answer.get("complete").asBoolean()).isTrue();
    assertThat(answer.get("to").asString()).isEqualTo(LocalDate.now(ZoneOffset.UTC).toString());
  }

  @Test
  void givenStoredObjects_whenTheyAreCounted_thenStorageTellsWhereTheyAreAndAsOfWhen() {
    assertThat(
            store("/tenants/fourth/dicom-web/studies", part10(SampleObjects.newStudy().image(1)))
                .status())
        .isEqualTo(200);
    indexer.index(1);
    count();

    JsonNode storage = ask("/tenants/fourth/api/statistics/storage").json();

    assertThat(Instant.parse(storage.get("asOf").asString()))
        .isAfter(Instant.now().minusSeconds(60));
    List<String> tiers = new ArrayList<>();
    storage.get("tiers").forEach(tier -> tiers.add(tier.get("Tier").asString()));
    assertThat(tiers).contains("online");
    JsonNode online = storage.get("tiers").get(tiers.indexOf("online"));
    assertThat(online.get("Objects").asLong()).isPositive();
    assertThat(online.get("Bytes").asLong()).isGreaterThan(100);
    assertThat(online.get("Node").asString()).isNotEmpty();

    jdbc.sql("update location set state = 'evicted' where tenant = 'fourth'").update();
    jdbc.sql(
            """
            insert into location (tenant, reception_id, store, node, blob_id, blob_length, state)
            values ('fourth', gen_random_uuid(), 'fastdfs', '', 'b', 11, 'available')
            """)
        .update();
    count();
    storage = ask("/tenants/fourth/api/statistics/storage").json();
    assertThat(storage.get("tiers").toString())
        .contains("\"Tier\":\"evicted\"", "\"Tier\":\"archive\",\"Store\":\"fastdfs\"")
        .doesNotContain("\"Tier\":\"online\"");
  }

  private void count() {
    jdbc.sql("update storage_count set due = now()").update();
    new StorageCounting(
            database,
            new TransactionTemplate(transactions),
            new StorageCounting.Terms(Duration.ZERO, 1, Duration.ofMinutes(1)))
        .turn()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "received",
        "departments",
        "rate",
        "delays",
        "accesses",
        "slowest-retrieves",
        "conversions"
      })
  void givenAnotherTenant_whenAsked_thenItSeesNothingOfThese(String statistic) {
    JsonNode answer = ask("/tenants/other/api/statistics/" + statistic + "?" + RANGE).json();

    answer.forEach(member -> {
      if (member.isArray()) {
        assertThat(member).isEmpty();
      }
    });
    assertThat(answer.toString()).doesNotContain("third", "fourth", "Surgery");
    assertThat(ask("/tenants/none/api/statistics/" + statistic).status()).isEqualTo(404);
    assertThat(ask("/api/statistics/" + statistic).status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "received?by=patient, by",
    "received?by=Day, by",
    "received?from=yesterday, from",
    "received?to=2024-02-30, to",
    "received?from=2024-03-01&to=2024-02-29, from",
    "received?from=2020-01-01&to=2024-01-01, from",
    "rate?from=%2B999999999-01-01, from",
    "delays?to=0000-01-01, to",
    "accesses?by=modality, by",
    "accesses?from=1, from",
    "conversions?from=1, from",
    "departments?limit=0, limit",
    "departments?limit=1001, limit",
    "departments?from=1, from",
    "slowest-retrieves?limit=x, limit",
    "slowest-retrieves?limit=99999999999999999999, limit",
    "slowest-retrieves?to=1, to"
  })
  void givenAParameterThatCantBe_whenAsked_thenTheAnswerNamesIt(String question, String wrong) {
    Answer answer = ask("/api/statistics/" + question);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("parameter").asString()).isEqualTo(wrong);
    assertThat(answer.json().get("detail").asString()).startsWith(wrong + " must ");
  }

  private Answer ask(String path) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  private static Row image(String tenant, String study, String sop, int seconds) {
    return SampleRows.image(tenant, study, sop)
        .set("received_day", DAY)
        .set("received", TIME)
        .set("indexed", TIME.plusSeconds(seconds));
  }

  private static Row access(String tenant, String operation, String peer, long millis) {
    return SampleRows.access(tenant, operation, 10)
        .set("day", DAY)
        .set("time", TIME)
        .set("peer", peer)
        .set("millis", millis);
  }

  private static Row conversion(String tenant, String outcome) {
    return Row.of(WarehouseTable.CONVERSION_RECORD)
        .set("day", DAY)
        .set("event_id", UUID.randomUUID().toString())
        .set("tenant", tenant)
        .set("time", TIME)
        .set("from_syntax", "1.2.1")
        .set("to_syntax", "1.2.90")
        .set("millis", 3L)
        .set("size_before", 100L)
        .set("size_after", 40L)
        .set("outcome", outcome);
  }

  private void load(Row... rows) throws Exception {
    List<Row> all = List.of(rows);
    warehouse.load(new Batch(all.getFirst().table(), "it-" + UUID.randomUUID(), all));
  }
}
