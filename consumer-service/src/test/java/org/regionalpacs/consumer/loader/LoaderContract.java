package org.regionalpacs.consumer.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.regionalpacs.messages.ConversionMessage;
import org.regionalpacs.messages.DeadLetterHeaders;
import org.regionalpacs.messages.LogRecord;
import org.regionalpacs.warehouse.Batch;
import org.springframework.util.unit.DataSize;

/** What holds whatever the warehouse is. */
abstract class LoaderContract extends OneTopic {

  @Test
  void givenMoreThanABatch_whenRead_thenEachBatchHasExactlyItsRowsAndTheRestWaits() {
    WatchedWarehouse warehouse = watched();
    List<LogRecord> requests = requests(12);
    send(requests);

    start(byRows(5), warehouse);

    awaitCommitted(10);
    assertThat(warehouse.labels())
        .containsExactly("0-0-4-wado_access_log", "0-5-9-wado_access_log");
    assertThat(loaded()).containsExactlyInAnyOrderElementsOf(ids(requests.subList(0, 10)));
    List<LogRecord> more = requests(3);
    send(more);
    requests.addAll(more);
    awaitLoaded(requests);
    assertThat(warehouse.labels()).last().isEqualTo("0-10-14-wado_access_log");
  }

  @Test
  void givenLargeMessages_whenRead_thenABatchEndsByItsBytes() {
    WatchedWarehouse warehouse = watched();
    List<LogRecord> requests = requests(10);
    int size = json(requests.getFirst()).length;
    send(requests);

    start(limits(1000, DataSize.ofBytes(4L * size), NEVER), warehouse);

    awaitCommitted(8);
    assertThat(warehouse.labels())
        .containsExactly("0-0-3-wado_access_log", "0-4-7-wado_access_log");
  }

  @Test
  void givenFewMessages_whenTheyAreOldEnough_thenTheyAreLoaded() {
    WatchedWarehouse warehouse = watched();
    List<LogRecord> requests = requests(3);
    send(requests);

    start(limits(1000, DataSize.ofMegabytes(1), Duration.ofMillis(200)), warehouse);

    awaitLoaded(requests);
    awaitCommitted(3);
    assertThat(meters.counter("pacs.loader.rows", "table", "wado_access_log").count()).isEqualTo(3);
    assertThat(meters.get("pacs.loader.delay").timer().count()).isEqualTo(3);
  }

  @Test
  void givenItDiesBeforeTheLoad_whenItStartsAgain_thenTheBatchIsTheSameWhateverCameSince()
      throws Exception {
    WatchedWarehouse dying = watched().holdBefore(1);
    List<LogRecord> requests = requests(3);
    send(requests);
    Loader first = start(limits(1000, DataSize.ofMegabytes(1), Duration.ofMillis(100)), dying);
    dying.awaitHeld();
    first.stop();
    assertThat(committed(0).orElseThrow().offset()).isZero();
    assertThat(committed(0).orElseThrow().metadata()).isEqualTo("until=2");

    List<LogRecord> more = requests(4);
    send(more);
    WatchedWarehouse warehouse = watched();
    // Its batches would be of two records, and it would wait for ever for the fourth.
    start(byRows(2), warehouse);

    requests.addAll(more);
    awaitLoaded(requests);
    assertThat(warehouse.labels())
        .containsExactly("0-0-2-wado_access_log", "0-3-4-wado_access_log", "0-5-6-wado_access_log");
  }

  @Test
  void givenItDiesBetweenLoadAndCommit_whenItStartsAgain_thenEachRowIsThereOnce() throws Exception {
    WatchedWarehouse dying = watched().holdAfter(1);
    List<LogRecord> requests = requests(3);
    send(requests);
    Loader first = start(limits(1000, DataSize.ofMegabytes(1), Duration.ofMillis(100)), dying);
    dying.awaitHeld();
    first.stop();
    assertThat(loaded()).hasSize(3);

    List<LogRecord> more = requests(5);
    send(more);
    WatchedWarehouse warehouse = watched();
    start(byRows(5), warehouse);

    requests.addAll(more);
    awaitLoaded(requests);
    awaitCommitted(8);
    assertThat(warehouse.labels()).first().isEqualTo(dying.labels().getFirst());
  }

  @Test
  void givenRowsThatDoNotFit_whenLoaded_thenTheyAloneAreDeadLettersAndSayNoValue() {
    List<LogRecord> requests = requests(14);
    List<LogRecord> all = new ArrayList<>(requests);
    all.add(3, misfit());
    all.add(11, misfit());
    send(all);

    start(byRows(16), watched());

    awaitLoaded(requests);
    awaitCommitted(16);
    assertThat(letters()).hasSize(2);
    assertThat(letters())
        .allSatisfy(letter -> {
          assertThat(header(letter, DeadLetterHeaders.CAUSE))
              .startsWith("the warehouse refuses it: ")
              .doesNotContain("12026");
          assertThat(header(letter, DeadLetterHeaders.GROUP)).isEqualTo("loader");
          assertThat(new String(letter.value(), StandardCharsets.UTF_8)).contains("12026");
        });
  }

  @Test
  void givenItDiesWhileItHalves_whenItStartsAgain_thenItGoesOnWithTheHalvesAndEachRowIsThereOnce()
      throws Exception {
    List<LogRecord> requests = requests(15);
    List<LogRecord> all = new ArrayList<>(requests);
    all.add(9, misfit());
    send(all);
    // Refused: 0-15. Loaded: 0-7. Refused: 8-15, 8-11, 8-9. Loaded: 8-8.
    WatchedWarehouse dying = watched().holdAfter(6);
    Loader first = start(byRows(16), dying);
    dying.awaitHeld();
    first.stop();
    assertThat(committed(0).orElseThrow().metadata()).startsWith("until=8,9,11,15 ");

    WatchedWarehouse warehouse = watched();
    start(byRows(2), warehouse);

    awaitLoaded(requests);
    awaitCommitted(16);
    assertThat(warehouse.labels().stream().map(label -> label.replace("-wado_access_log", "")))
        .containsExactly("0-8-8", "0-9-9", "0-10-11", "0-12-15");
    assertThat(letters()).hasSize(1);
  }

  @Test
  void givenRequestsAndConversions_whenOneConversionIsRefused_thenRequestsAreNotLoadedAgain()
      throws Exception {
    List<LogRecord> requests = requests(5);
    List<ConversionMessage> conversions = List.of(conversion(now()), conversion(now()));
    List<LogRecord> all = new ArrayList<>(requests);
    all.add(1, conversions.getFirst());
    all.add(4, conversion(Instant.parse("+12026-01-01T00:00:00Z")));
    all.add(conversions.getLast());
    send(all);
    WatchedWarehouse dying = watched().holdBefore(3);
    Loader first = start(byRows(8), dying);
    dying.awaitHeld();
    first.stop();
    assertThat(committed(0).orElseThrow().metadata()).startsWith("until=3,7 ");

    WatchedWarehouse warehouse = watched();
    start(byRows(8), warehouse);

    awaitCommitted(8);
    assertThat(loaded()).containsExactlyInAnyOrderElementsOf(ids(requests));
    assertThat(loaded("conversion_record")).containsExactlyInAnyOrderElementsOf(ids(conversions));
    assertThat(warehouse.batches()).allMatch(batch -> batch.label().endsWith("conversion_record"));
    assertThat(letters()).hasSize(1);
  }

  @Test
  void givenTheWarehouseIsAway_whenItIsBack_thenTheSameBatchIsLoadedAndHealthSaysWhatWas() {
    WatchedWarehouse warehouse = watched();
    warehouse.away(true);
    double before = retries();
    List<LogRecord> requests = requests(4);
    send(requests);
    Loader loader = start(byRows(4), warehouse);
    LoaderHealthIndicator health = new LoaderHealthIndicator(loader, trouble);

    await().atMost(PATIENCE).until(() -> warehouse.batches().size() >= 3);
    assertThat(health.health().getStatus().getCode()).isEqualTo("DEGRADED");
    assertThat(health.health().getDetails()).containsEntry("reason", "away for a test");
    await().atMost(PATIENCE).until(() -> retries() >= before + 3);
    await().atMost(PATIENCE).until(() -> loader.waiting() == 4);
    warehouse.away(false);

    awaitLoaded(requests);
    awaitCommitted(4);
    assertThat(warehouse.batches().stream().map(Batch::label).distinct()).hasSize(1);
    await().atMost(PATIENCE).until(() -> health.health().getStatus().getCode().equals("UP"));
    assertThat(trouble.reason()).isEmpty();
  }

  @Test
  void givenAnotherLoaderTakesThePartitionDuringALoad_thenItRepeatsTheBatchAndEachRowIsThereOnce()
      throws Exception {
    makeTopic(2);
    List<LogRecord> some = requests(3);
    List<LogRecord> others = requests(3);
    sendTo(0, some);
    sendTo(1, others);
    // Both partitions are being loaded when one of them is given away.
    WatchedWarehouse slow = watched().holdBefore(1);
    WatchedWarehouse quick = watched();
    start(byRows(3), slow);
    slow.awaitHeld();
    await().atMost(PATIENCE).until(() -> committed(0).isPresent() && committed(1).isPresent());
    start(byRows(3), quick);
    await()
        .atMost(PATIENCE)
        .until(() -> slow.batches().size() + quick.batches().size() >= 2 && members() == 2);
    sendTo(0, requests(1));
    sendTo(1, requests(1));
    slow.release();

    List<LogRecord> all = new ArrayList<>(some);
    all.addAll(others);
    awaitLoaded(all);
    await()
        .atMost(PATIENCE)
        .until(() ->
            committed(0).orElseThrow().offset() == 3 && committed(1).orElseThrow().offset() == 3);
    assertThat(loaded()).hasSize(6);
  }

  private int members() throws Exception {
    try (Admin admin = admin()) {
      return admin
          .describeConsumerGroups(List.of(Loader.GROUP))
          .all()
          .get(60, TimeUnit.SECONDS)
          .get(Loader.GROUP)
          .members()
          .stream()
          .filter(member -> !member.assignment().topicPartitions().isEmpty())
          .toList()
          .size();
    }
  }

  @Test
  void givenPoison_whenRead_thenItIsADeadLetterAndTheOthersAreLoaded() {
    List<LogRecord> requests = requests(2);
    String good = new String(json(requests.getFirst()), StandardCharsets.UTF_8);
    send(requests);
    publisher.publish(
        List.of(
            raw("no JSON of Doe^Jane"),
            raw("null"),
            raw("[".repeat(3000)),
            raw(good.replace("\"SchemaVersion\":1", "\"SchemaVersion\":9")),
            raw(good.replaceFirst("\"EventID\":\"[^\"]*\"", "\"EventID\":\"Doe^Jane\"")),
            raw("{\"Kind\":\"unheard of\"}"),
            new ProducerRecord<>(topic, "1.2", null)));
    ProducerRecord<String, byte[]> replay = new ProducerRecord<>(topic, json(request(now())));
    replay.headers().add(DeadLetterHeaders.REPLAY_GROUP, "indexer".getBytes());
    publisher.publish(List.of(replay));

    start(byRows(10), watched());

    awaitCommitted(10);
    assertThat(loaded()).containsExactlyInAnyOrderElementsOf(ids(requests));
    List<ConsumerRecord<String, byte[]>> letters = letters();
    assertThat(letters).hasSize(7);
    assertThat(letters)
        .allMatch(letter -> !header(letter, DeadLetterHeaders.CAUSE).contains("Doe"));
  }

  private ProducerRecord<String, byte[]> raw(String value) {
    return new ProducerRecord<>(topic, "1.2", value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void givenABatchOfWhichRetentionRemovedAPart_whenItIsRepeated_thenTheRestIsLoadedAtOnce()
      throws Exception {
    List<LogRecord> requests = requests(10);
    send(requests);
    commit(0, "until=7");
    try (Admin admin = admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(5)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
    WatchedWarehouse warehouse = watched();

    start(byRows(100), warehouse);

    awaitCommitted(8);
    assertThat(warehouse.labels()).containsExactly("0-0-7-wado_access_log");
    assertThat(loaded()).containsExactlyInAnyOrderElementsOf(ids(requests.subList(5, 8)));
  }

  @Test
  void givenABatchThatEndsBehindTheLog_whenItIsRepeated_thenWhatIsThereIsLoadedAtOnce()
      throws Exception {
    List<LogRecord> requests = requests(3);
    send(requests);
    commit(0, "until=7");
    WatchedWarehouse warehouse = watched();

    start(byRows(2), warehouse);

    awaitCommitted(3);
    List<LogRecord> more = requests(2);
    send(more);
    requests.addAll(more);
    awaitLoaded(requests);
    assertThat(warehouse.labels())
        .containsExactly("0-0-7-wado_access_log", "0-3-4-wado_access_log");
  }
}
