package org.regionalpacs.index;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts what is where, of all tenants, for {@link StorageTiers}. A pass reads {@code location} a
 * few partitions at a time, each time in a transaction of its own, then writes all that was counted
 * at once. Any number of processes may try; one at a time does it, and when it dies another does
 * after a while.
 */
public final class StorageCounting {
  private static final Duration LEASE_BEYOND_STATEMENT = Duration.ofSeconds(30);

  /** One core for it, whatever the server has. */
  private static final String ONE_PROCESS = "set local max_parallel_workers_per_gather = 0";

  /** So much of the table is read by one statement, unless one partition is larger. */
  private static final long BYTES_OF_STATEMENT = 256L << 20;

  private static final String SUMS =
      """
      select tenant, store, node, state, count(*) as objects, sum(blob_length) as bytes
        from (%s) place
       group by tenant, store, node, state
      """;

  private static final String PLACES =
      "select tenant, case when derived then '%s' else store end as store, node, state, blob_length"
              .formatted(StorageTier.DERIVED)
          + " from ";

  private static final String DOCUMENTS =
      "select tenant, '%s' as store, '' as node, 'available' as state,"
              .formatted(StorageTier.DERIVED)
          + " size + frames_size as blob_length from series_metadata";

  private final JdbcClient jdbc;
  private final JdbcTemplate template;
  private final TransactionTemplate transaction;
  private final Terms terms;
  private final long bytesOfStatement;

  /**
   * What it may cost.
   *
   * @param pause between two passes, at least
   * @param factor a pause is so many times as long as the pass before it
   * @param statement no statement takes longer
   */
  public record Terms(Duration pause, int factor, Duration statement) {
    private double pauseSeconds(Duration took) {
      Duration wanted = took.multipliedBy(factor);
      return (wanted.compareTo(pause) < 0 ? pause : wanted).toMillis() / 1000.0;
    }

    private double leaseSeconds() {
      return statement.plus(LEASE_BEYOND_STATEMENT).toSeconds();
    }
  }

  /** Of whom, where, and how it is there. */
  private record Place(String tenant, String store, String node, String state) {}

  /** Of the table of places. */
  private record Partition(String name, long bytes) {}

  /** How much. */
  private record Amount(long objects, long bytes) {
    Amount plus(Amount other) {
      return new Amount(objects + other.objects, bytes + other.bytes);
    }
  }

  public StorageCounting(DataSource database, TransactionTemplate transaction, Terms terms) {
    this(database, transaction, terms, BYTES_OF_STATEMENT);
  }

  StorageCounting(
      DataSource database, TransactionTemplate transaction, Terms terms, long bytesOfStatement) {
    this.bytesOfStatement = bytesOfStatement;
    this.template = new JdbcTemplate(database);
    template.setQueryTimeout((int) Math.max(1, terms.statement().toSeconds()));
    this.jdbc = JdbcClient.create(template);
    this.transaction = transaction;
    this.terms = terms;
  }

  /**
   * Counts, when it is time to.
   *
   * @return how long the database took to count; empty when it isn't time, or another process is at
   *     it
   */
  public Optional<Duration> turn() {
    UUID pass = UUID.randomUUID();
    Optional<Instant> begun = take(pass);
    if (begun.isEmpty()) {
      return Optional.empty();
    }
    long start = System.nanoTime();
    try {
      Map<Place, Amount> amounts = new HashMap<>();
      Duration took = Duration.ZERO;
      for (String statement : statements()) {
        took = took.plus(transaction.execute(_ -> count(statement, amounts)));
        if (!renew(pass)) {
          return Optional.empty(); // it took so long that another pass has begun
        }
      }
      return write(pass, begun.get(), amounts, took) ? Optional.of(took) : Optional.empty();
    } catch (DataAccessException | TransactionException e) {
      giveUp(pass, Duration.ofNanos(System.nanoTime() - start), e);
      throw e;
    }
  }

  /** The moment from which on it may be that what is committed isn't counted. */
  private Optional<Instant> take(UUID pass) {
    return jdbc.sql(
            """
            update storage_count set holder = ?, due = now() + make_interval(secs => ?)
             where due <= now() returning now()
            """)
        .params(pass, terms.leaseSeconds())
        .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .optional();
  }

  /** Small partitions go together: on a small index a pass is one statement. */
  private List<String> statements() {
    List<String> statements = new ArrayList<>();
    List<String> together = new ArrayList<>(List.of(DOCUMENTS));
    long bytes = 0;
    for (Partition partition : partitions()) {
      if (bytes + partition.bytes() > bytesOfStatement) {
        statements.add(SUMS.formatted(String.join(" union all ", together)));
        together.clear();
        bytes = 0;
      }
      together.add(PLACES + partition.name());
      bytes += partition.bytes();
    }
    statements.add(SUMS.formatted(String.join(" union all ", together)));
    return statements;
  }

  private List<Partition> partitions() {
    return jdbc.sql(
            """
            select inhrelid::regclass::text as name, pg_relation_size(inhrelid) as bytes
              from pg_inherits where inhparent = 'location'::regclass order by 1
            """)
        .query((row, _) -> new Partition(row.getString("name"), row.getLong("bytes")))
        .list();
  }

  private Duration count(String statement, Map<Place, Amount> amounts) {
    template.execute(ONE_PROCESS);
    long start = System.nanoTime();
    add(statement, amounts);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void add(String statement, Map<Place, Amount> amounts) {
    template.query(
        statement,
        row -> {
          amounts.merge(
              new Place(
                  row.getString("tenant"),
                  row.getString("store"),
                  row.getString("node"),
                  row.getString("state")),
              new Amount(row.getLong("objects"), row.getLong("bytes")),
              Amount::plus);
        });
  }

  private boolean renew(UUID pass) {
    return jdbc.sql(
                "update storage_count set due = now() + make_interval(secs => ?) where holder = ?")
            .params(terms.leaseSeconds(), pass)
            .update()
        == 1;
  }

  private boolean write(UUID pass, Instant begun, Map<Place, Amount> amounts, Duration took) {
    return transaction.execute(_ -> {
      if (!end(pass, Optional.of(begun), took)) {
        return false;
      }
      template.update("delete from storage_tier");
      template.batchUpdate(
          """
          insert into storage_tier (tenant, store, node, state, objects, bytes)
          values (?, ?, ?, ?, ?, ?)
          """,
          amounts.entrySet().stream().map(StorageCounting::row).toList());
      return true;
    });
  }

  private static Object[] row(Map.Entry<Place, Amount> counted) {
    Place place = counted.getKey();
    Amount amount = counted.getValue();
    return new Object[] {
      place.tenant(), place.store(), place.node(), place.state(), amount.objects(), amount.bytes()
    };
  }

  private boolean end(UUID pass, Optional<Instant> counted, Duration took) {
    return jdbc.sql(
                """
                update storage_count
                   set holder = null, due = now() + make_interval(secs => ?),
                       counted = coalesce(cast(? as timestamptz), counted)
                 where holder = ?
                """)
            .params(
                terms.pauseSeconds(took),
                counted.map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null),
                pass)
            .update()
        == 1;
  }

  /** What fails costs as much: the next pass isn't earlier than after one that ends. */
  private void giveUp(UUID pass, Duration took, RuntimeException failure) {
    try {
      end(pass, Optional.empty(), took);
    } catch (DataAccessException again) {
      failure.addSuppressed(again);
    }
  }
}
