package org.regionalpacs.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.standalone.SeparateProduct;

/** Reception while Kafka, PostgreSQL and Redis are all down. */
class OutageIT {
  private static final List<String> ENGINES = List.of("kafka", "postgresql", "redis");
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final int AT_ONCE = 50;

  /** As slow as this it may be on a machine that does much else. */
  private static final int LEAST_RATE = 2;

  @TempDir Path dir;
  private final Ledger ledger = new Ledger();
  private final StudyMaker studies = new StudyMaker(1);
  private final FaultLog log = new FaultLog();
  private SeparateProduct product;

  @BeforeEach
  void up() throws Exception {
    Files.writeString(dir.resolve("pacs.yml"), "pacs.intake.publish-timeout: 5s\n");
    product = SeparateProduct.up(dir);
  }

  @AfterEach
  void down() throws Exception {
    product.close();
  }

  @Test
  void givenAllEnginesAreDown_whenImagesCome_thenTheyAreTakenAndDrainLater() throws Exception {
    Instant begin = Instant.now();
    OurScu scu = new OurScu(product.dicomPort());
    Stow stow = new Stow(product.httpPort());
    sendAll(scu, stow);

    for (String engine : ENGINES) {
      product.hold(engine);
      Faults.signal("KILL", product.pid(engine).orElseThrow());
    }
    log.say("killed, and kept down: %s", ENGINES);

    // The first of each association wait for Kafka in vain; from then on nobody does.
    sendAll(scu, stow);
    assertThat(sendAll(scu, stow)).isGreaterThan(LEAST_RATE);
    assertThat(Drain.bytesIn(dir.resolve("online/.outbox"))).isPositive();

    receptionStartsWithoutEngines();
    sendAll(scu, stow);
    assertThat(sendAll(scu, stow)).isGreaterThan(LEAST_RATE);
    assertThat(Files10.in(dir.resolve("online/default"))).hasSize(ledger.instances());

    ENGINES.forEach(product::release);
    log.say("released");
    assertThatAllIsThere();
    theIndexCanBeMadeAgain(begin);
    aDatabaseThatHangsHangsNobodyElse();
  }

  private void assertThatAllIsThere() throws Exception {
    Drain drain = new Drain(product, ledger, false);
    assertThat(drain.awaitHealth(LIMIT)).isEmpty();
    assertThat(drain.await(LIMIT)).isEmpty();
    log.say("drained");
    Audit audit = Audit.of(product, Files10.in(dir.resolve("archive")), ledger);
    System.out.println(audit.tally());
    assertThat(audit.differences()).isEmpty();
    assertThat(DeadLetterCount.in(product.kafka())).isZero();
  }

  /** As docs/durability.md tells an operator to do after a restore of PostgreSQL. */
  private void theIndexCanBeMadeAgain(Instant backup) throws Exception {
    try (Connection connection = product.database();
        Statement statement = connection.createStatement()) {
      // What a backup from before the sending leaves.
      statement.execute("truncate patient, study, series, instance, location, series_metadata");
    }
    assertThat(product.run("replay", "--since", backup.toString()))
        .containsPattern("archiver +[0-9,]+ records again")
        .containsPattern("indexer +[0-9,]+ records again");
    assertThatAllIsThere();
  }

  private void aDatabaseThatHangsHangsNobodyElse() throws Exception {
    List<Long> frozen = Faults.signalAll("STOP", product.pid("postgresql").orElseThrow());
    try (HttpClient client = HttpClient.newHttpClient()) {
      String studies = "http://127.0.0.1:" + product.httpPort() + "/dicom-web/studies";
      HttpRequest search =
          HttpRequest.newBuilder(URI.create(studies)).timeout(Duration.ofMinutes(5)).build();
      assertThat(client.send(search, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(503);
    } finally {
      for (long each : frozen) {
        Faults.signal("CONT", each);
      }
    }
    log.say("a search was answered while PostgreSQL hung");
    assertThatAllIsThere();
  }

  private void receptionStartsWithoutEngines() throws Exception {
    for (String service : List.of("storescp", "wado")) {
      Faults.signal("KILL", product.pid(service).orElseThrow());
    }
    log.say("killed: storescp, wado");
    await()
        .atMost(LIMIT)
        .until(() ->
            product.console().contains("storescp runs again")
                && product.console().contains("wado runs again"));
    log.say("they run again");
  }

  /**
   * Sends images on two associations and by STOW-RS at once, all of which are taken.
   *
   * @return how many a second
   */
  private double sendAll(OurScu scu, Stow stow) throws Exception {
    long begin = System.nanoTime();
    List<Callable<Void>> senders = new ArrayList<>();
    for (Way way : List.of(scu, scu, stow)) {
      senders.add(() -> sendAll(way));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> sender : threads.invokeAll(senders)) {
        sender.get();
      }
    }
    double rate = senders.size() * AT_ONCE / ((System.nanoTime() - begin) / 1e9);
    log.say("%d taken, %.0f a second", senders.size() * AT_ONCE, rate);
    return rate;
  }

  private Void sendAll(Way way) throws InterruptedException {
    List<SentObject> objects = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      objects.add(studies.next());
    }
    List<Way.Result> results = way.send(objects);
    for (int i = 0; i < AT_ONCE; i++) {
      Way.Result result = results.get(i);
      ledger.record(objects.get(i), way.name(), result.outcome(), result.detail());
      assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.ACCEPTED);
    }
    return null;
  }
}
