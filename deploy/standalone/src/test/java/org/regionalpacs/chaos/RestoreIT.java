package org.regionalpacs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.standalone.SeparateProduct;

/** PostgreSQL as an older backup has it, as docs/durability.md tells an operator to mend it. */
class RestoreIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path dir;

  @Test
  void givenTheIndexIsOlderThanTheOnlineStore_whenReplayed_thenItKnowsEverythingAgain()
      throws Exception {
    Ledger ledger = new Ledger();
    StudyMaker studies = new StudyMaker(2);
    try (SeparateProduct product = SeparateProduct.up(dir)) {
      Instant backup = Instant.now();
      List<SentObject> objects = Stream.generate(studies::next).limit(40).toList();
      List<Way.Result> results = new OurScu(product.dicomPort()).send(objects);
      for (int i = 0; i < objects.size(); i++) {
        Way.Result result = results.get(i);
        ledger.record(objects.get(i), "C-STORE", result.outcome(), result.detail());
      }
      Drain drain = new Drain(product, ledger);
      assertThat(drain.await(LIMIT)).isEmpty();

      // What a restore of a backup from before the sending leaves.
      try (Connection connection = product.database();
          Statement statement = connection.createStatement()) {
        statement.execute("truncate patient, study, series, instance, location, series_metadata");
      }
      assertThat(product.run("replay", "--since", backup.toString()))
          .contains("archiver   40 records again", "indexer    40 records again");

      assertThat(drain.await(LIMIT)).isEmpty();
      assertThat(drain.awaitHealth(LIMIT)).isEmpty();
      assertThat(Audit.of(product, ledger).differences()).isEmpty();
    }
  }
}
