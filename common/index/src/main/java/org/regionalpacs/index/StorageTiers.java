package org.regionalpacs.index;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells what is where, as {@link StorageCounting} has counted it. */
public final class StorageTiers {
  private final JdbcClient jdbc;

  StorageTiers(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  /**
   * What a tenant has.
   *
   * @param asOf when it was counted; empty before the first time
   * @param tiers in the order of store, node and state
   */
  public record Counted(Optional<Instant> asOf, List<StorageTier> tiers) {
    public Counted {
      tiers = List.copyOf(tiers);
    }
  }

  /** What a tenant has, by one statement: all of it was counted at the same time. */
  public Counted of(String tenant) {
    List<StorageTier> tiers = new ArrayList<>();
    List<Optional<Instant>> times =
        jdbc.sql(
                """
                select c.counted, t.store, t.node, t.state, t.objects, t.bytes
                  from storage_count c
                  left join storage_tier t on t.tenant = ?
                 order by t.store, t.node, t.state
                """)
            .param(tenant)
            .query((row, _) -> {
              if (row.getString("store") != null) {
                tiers.add(
                    new StorageTier(
                        row.getString("store"),
                        row.getString("node"),
                        row.getString("state"),
                        row.getLong("objects"),
                        row.getLong("bytes")));
              }
              return Optional.ofNullable(row.getObject("counted", OffsetDateTime.class))
                  .map(OffsetDateTime::toInstant);
            })
            .list();
    return new Counted(times.stream().flatMap(Optional::stream).findFirst(), tiers);
  }
}
