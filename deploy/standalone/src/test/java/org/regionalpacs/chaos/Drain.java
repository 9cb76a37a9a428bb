package org.regionalpacs.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.regionalpacs.standalone.SeparateProduct;

/** Waits until everything that was accepted has gone all its way. */
final class Drain {
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Those whose ids are known are removed. */
  private static final String COPIES_OF_DELETED =
      """
      select count(*)
        from possible_orphan o
       where o.answered is not null and o.server = '' and split_part(o.name, '/', 5) <> ''
         and not exists (select 1 from instance i
                          where i.reception_id::text = substring(split_part(o.name, '/', 5) for 36))
         and not exists (select 1 from superseded_instance i
                          where i.reception_id::text = substring(split_part(o.name, '/', 5) for 36))
      """;

  private final SeparateProduct product;
  private final Ledger ledger;
  private final boolean evicting;

  /**
   * @param evicting whether all online files are to be evicted at last
   */
  Drain(SeparateProduct product, Ledger ledger, boolean evicting) {
    this.product = product;
    this.ledger = ledger;
    this.evicting = evicting;
  }

  /** Waits; what is still on its way when the time is up, empty when nothing is. */
  Optional<String> await(Duration limit) {
    return awaitNone(this::behind, limit);
  }

  /** Waits until every part of the product is well. */
  Optional<String> awaitHealth(Duration limit) {
    return awaitNone(product::trouble, limit);
  }

  private static Optional<String> awaitNone(Callable<Optional<String>> obstacle, Duration limit) {
    AtomicReference<Optional<String>> last = new AtomicReference<>(Optional.of("not looked at"));
    try {
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(LOOK)
          .atMost(limit)
          .until(() -> {
            last.set(obstacle.call());
            return last.get().isEmpty();
          });
      return Optional.empty();
    } catch (ConditionTimeoutException e) {
      return last.get();
    }
  }

  private Optional<String> behind() {
    try {
      Map<String, Long> lag = product.lag();
      if (!lag.keySet().stream().anyMatch(name -> name.startsWith("archiver "))
          || lag.values().stream().anyMatch(records -> records > 0)) {
        return Optional.of("records not processed: " + lag);
      }
      long outbox = bytesIn(product.data().resolve("online/.outbox"));
      if (outbox > 0) {
        return Optional.of("bytes in the outbox: " + outbox);
      }
      try (Connection connection = product.database()) {
        long removals =
            count(
                connection,
                "select (select count(*) from removal)"
                    + " + (select count(*) from node_task where done_at is null)");
        if (removals > 0) {
          return Optional.of("deleted, but not removed: " + removals);
        }
        long copies = count(connection, COPIES_OF_DELETED);
        if (copies > 0) {
          return Optional.of("copies of deleted objects: " + copies);
        }
        long online =
            count(
                connection,
                "select count(*) from location where store = 'online' and state = 'available'");
        if (evicting && online > 0) {
          return Optional.of("not evicted: " + online);
        }
        return behind(IndexSnapshot.take(connection));
      }
    } catch (IOException | SQLException | RuntimeException e) {
      return Optional.of(e.toString());
    }
  }

  private static long count(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getLong(1);
    }
  }

  private Optional<String> behind(IndexSnapshot index) {
    long missing =
        ledger.entries().values().stream()
            .filter(entry -> !entry.accepted().isEmpty())
            .filter(entry -> !index.rows().containsKey(entry.sop()))
            .count();
    if (missing > 0) {
      return Optional.of("accepted but not indexed: " + missing);
    }
    if (index.unarchived() > 0) {
      return Optional.of("not archived: " + index.unarchived());
    }
    return index.wrongCounts().stream().findFirst();
  }

  static long bytesIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
