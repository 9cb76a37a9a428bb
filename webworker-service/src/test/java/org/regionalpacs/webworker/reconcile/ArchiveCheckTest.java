package org.regionalpacs.webworker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.storage.LocalBlobStore;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.webworker.WebWorkerApplication;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=" + WebWorkerApplication.CONFIG_NAME,
      // The tests take the turns themselves.
      "pacs.reconcile.poll=1h"
    })
class ArchiveCheckTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir static Path folder;

  @Autowired LocationWriter locations;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;

  /** An archive of this test alone, so that nobody else looks at it. */
  private final String store = "archive-" + UUID.randomUUID();

  private LocalBlobStore archive;
  private ArchiveChecks checks;
  private ArchiveCheck check;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry properties) {
    for (String each : List.of("online", "archive", "derived")) {
      properties.add("pacs." + each + ".root", () -> folder.resolve(each));
    }
  }

  @BeforeEach
  void open() {
    archive = LocalBlobStore.open(store, folder.resolve(store));
    checks = new ArchiveChecks(jdbc);
    check = check(HOUR, HOUR);
  }

  private ArchiveCheck check(Duration interval, Duration turn) {
    return new ArchiveCheck(
        archive,
        checks,
        new TransactionTemplate(transactions),
        new ReconcilePlanProperties(interval, HOUR, HOUR, HOUR, 3, turn));
  }

  @Test
  void givenAllCopiesAreThere_whenCompared_thenNothingIsFoundAndTheNextRunComesLater()
      throws IOException {
    archived(7, true);

    run();

    assertThat(found()).isEqualTo("7 objects, 0 missing, 0 lost, 0 returned");
    assertThat(check.turn()).as("not due").isFalse();
    assertThat(ended()).isTrue();
  }

  @Test
  void givenACopyThatIsGone_whenThereIsAnOnlineFile_thenItIsMarkedMissing() throws IOException {
    List<UUID> objects = archived(4, true);
    archive.delete(blob(objects.get(2)));

    run();

    assertThat(found()).isEqualTo("4 objects, 1 missing, 0 lost, 0 returned");
    assertThat(states(objects)).containsExactly("available", "available", "missing", "available");
    assertThat(checks.missing())
        .filteredOn(copy -> copy.store().equals(store))
        .extracting(ArchiveChecks.MissingCopy::receptionId)
        .containsExactly(objects.get(2));
  }

  @Test
  void givenACopyThatIsGone_whenThereIsNoOther_thenItIsALoss() throws IOException {
    long before = checks.losses();
    List<UUID> objects = archived(1, false);
    archive.delete(blob(objects.getFirst()));

    run();

    assertThat(found()).isEqualTo("1 objects, 0 missing, 1 lost, 0 returned");
    assertThat(checks.losses()).isEqualTo(before + 1);
  }

  @Test
  void givenACopyThatIsGone_whenTheOnlineFileWasEvicted_thenItIsALoss() throws IOException {
    long before = checks.losses();
    List<UUID> objects = archived(1, true);
    jdbc.sql("update location set state = 'evicted' where reception_id = ? and store = 'online'")
        .param(objects.getFirst())
        .update();
    archive.delete(blob(objects.getFirst()));

    run();

    assertThat(found()).isEqualTo("1 objects, 0 missing, 1 lost, 0 returned");
    assertThat(checks.losses()).isEqualTo(before + 1);
  }

  @Test
  void givenARenditionThatIsGone_whenCompared_thenItIsMissingButNoLoss() throws IOException {
    long before = checks.losses();
    List<UUID> objects = archived(1, false);
    jdbc.sql("update location set derived = true where reception_id = ?")
        .param(objects.getFirst())
        .update();
    archive.delete(blob(objects.getFirst()));

    run();

    assertThat(found()).isEqualTo("1 objects, 1 missing, 0 lost, 0 returned");
    assertThat(states(objects)).containsExactly("missing");
    assertThat(checks.losses()).isEqualTo(before);
  }

  @Test
  void givenACopyThatWasCutShort_whenCompared_thenItIsMarkedMissing() throws IOException {
    List<UUID> objects = archived(1, true);
    Files.write(folder.resolve(store).resolve(blob(objects.getFirst())), new byte[2]);

    run();

    assertThat(states(objects)).containsExactly("missing");
  }

  @Test
  void givenAMissingCopy_whenItIsThereAgain_thenItIsMarkedAvailable() throws IOException {
    List<UUID> objects = archived(2, true);
    archive.delete(blob(objects.getFirst()));
    run();
    put(objects.getFirst());

    checks.demand();
    run();

    assertThat(found()).isEqualTo("2 objects, 0 missing, 0 lost, 1 returned");
    assertThat(states(objects)).containsExactly("available", "available");
  }

  @Test
  void givenNoInterval_whenNobodyAsks_thenNothingIsComparedUntilSomebodyDoes() throws IOException {
    archived(1, true);
    check = check(Duration.ZERO, HOUR);
    run();
    assertThat(progress().started()).isEmpty();

    checks.demand();
    run();

    assertThat(found()).startsWith("1 objects");
    assertThat(ended()).isTrue();
    assertThat(check.turn()).isFalse();
  }

  @Test
  void givenAnArchiveThatIsAway_whenCompared_thenNothingIsMarkedAndThePageComesAgain()
      throws IOException {
    List<UUID> objects = archived(5, true);
    assertThat(check.turn()).isTrue();
    Path here = folder.resolve(store);
    Path away = folder.resolve(store + "-away");
    Files.move(here, away);

    assertThatThrownBy(() -> check.turn()).isInstanceOf(IOException.class);
    assertThat(states(objects)).containsOnly("available");
    Files.move(away, here);
    run();

    assertThat(found()).isEqualTo("5 objects, 0 missing, 0 lost, 0 returned");
  }

  @Test
  void givenAnArchiveThatAnswersSlowly_whenCompared_thenATurnEndsEarlyAndNoneIsLeftOut()
      throws IOException {
    List<UUID> objects = archived(4, true);
    archive.delete(blob(objects.getLast()));
    check = check(HOUR, Duration.ofNanos(1));

    assertThat(check.turn()).isTrue();
    assertThat(found()).as("after the first turn").startsWith("1 objects");
    run();

    assertThat(found()).isEqualTo("4 objects, 1 missing, 0 lost, 0 returned");
    assertThat(ended()).isTrue();
  }

  @Test
  void givenAPageUnderWay_whenAnotherWebworkerComes_thenItLeavesItAlone() throws IOException {
    archived(1, true);
    checks.know(store, HOUR);
    new TransactionTemplate(transactions)
        .executeWithoutResult(_ -> {
          assertThat(checks.take(store)).isPresent();
          assertThat(inAnotherThread()).isFalse();
        });
    run();
    assertThat(found()).startsWith("1 objects");
  }

  private boolean inAnotherThread() {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return check.turn();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .join();
  }

  private void run() throws IOException {
    while (check.turn()) {
      // The next page.
    }
  }

  private List<UUID> archived(int count, boolean online) throws IOException {
    List<UUID> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UUID object = UUID.randomUUID();
      put(object);
      ReceptionKey key =
          new ReceptionKey(
              "default",
              SampleObjects.newUid(),
              SampleObjects.newUid(),
              SampleObjects.newUid(),
              object);
      locations.upsert(
          List.of(new PlacedObject(key, new ObjectLocation(store, "", blob(object), 0, 4))));
      if (online) {
        locations.upsert(
            List.of(
                new PlacedObject(
                    key, new ObjectLocation(ObjectLocation.ONLINE, "node", "1/2/3.dcm", 0, 4))));
      }
      objects.add(object);
    }
    return objects;
  }

  private void put(UUID object) throws IOException {
    archive.put(blob(object), new ByteArrayInputStream(new byte[4]), 4);
  }

  private static String blob(UUID object) {
    return "default/1/2/" + object + ".dcm";
  }

  private List<String> states(List<UUID> objects) {
    return objects.stream()
        .map(object ->
            jdbc.sql("select state from location where reception_id = ? and store = ?")
                .params(object, store)
                .query(String.class)
                .single())
        .toList();
  }

  private ArchiveChecks.Run progress() {
    return checks.runs().stream()
        .filter(run -> run.found().store().equals(store))
        .findFirst()
        .orElseThrow();
  }

  private String found() {
    return progress().found().toString();
  }

  private boolean ended() {
    return progress().ended().isPresent();
  }
}
