package org.regionalpacs.webworker.reconcile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the comparison of each archive with the index is, and what it found. */
final class ArchiveChecks {
  private static final int MOST_LISTED = 1000;

  private final JdbcClient jdbc;

  ArchiveChecks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An object as the index has it in an archive.
   *
   * @param blobId the blob
   * @param end its bytes end there in the blob
   * @param available whether it was there when it was last looked at
   * @param spare whether there is more than it: an online file, or the object that it was made of
   */
  record ArchivedObject(
      String tenant, UUID receptionId, String blobId, long end, boolean available, boolean spare) {}

  /**
   * A run under way, or the last one.
   *
   * @param store the archive
   * @param tenant of the object that was looked at last
   * @param receptionId that object
   * @param objects looked at
   * @param missing copies that are gone; there is an online file, or the object a rendition was
   *     made of
   * @param lost copies that are gone; no other is known
   * @param returned copies that were gone, and are there again
   */
  record Progress(
      String store,
      String tenant,
      UUID receptionId,
      long objects,
      long missing,
      long lost,
      long returned) {

    Progress foundMissing() {
      return new Progress(store, tenant, receptionId, objects, missing + 1, lost, returned);
    }

    Progress foundLost() {
      return new Progress(store, tenant, receptionId, objects, missing, lost + 1, returned);
    }

    Progress foundReturned() {
      return new Progress(store, tenant, receptionId, objects, missing, lost, returned + 1);
    }

    Progress lookedAt(List<ArchivedObject> page) {
      return page.isEmpty()
          ? this
          : new Progress(
              store,
              page.getLast().tenant(),
              page.getLast().receptionId(),
              objects + page.size(),
              missing,
              lost,
              returned);
    }

    @Override
    public String toString() {
      return "%d objects, %d missing, %d lost, %d returned"
          .formatted(objects, missing, lost, returned);
    }
  }

  /**
   * A run of an archive, for people.
   *
   * @param ended empty while it is under way
   */
  record Run(Progress found, Optional<Instant> started, Optional<Instant> ended) {}

  /**
   * Makes the archive's row.
   *
   * @param interval between runs, the first of which is due now; zero = none comes unasked
   */
  void know(String store, Duration interval) {
    // Asked first: an insert would wait for whoever is changing the row.
    jdbc.sql(
            """
            insert into archive_check (store, due)
            select :store, cast(:due as timestamptz) where not exists (select 1 from archive_check where store = :store)
            on conflict do nothing
            """)
        .param("store", store)
        .param("due", interval.isPositive() ? "now" : "infinity")
        .update();
  }

  /**
   * Takes the run that is due or under way, until the end of the transaction; begins it if need be.
   *
   * @return empty when none is due, or another process has it
   */
  Optional<Progress> take(String store) {
    Optional<Boolean> ended =
        jdbc.sql(
                """
                select started is null or ended is not null from archive_check
                 where store = ? and (due <= now() or started is not null and ended is null)
                   for update skip locked
                """)
            .param(store)
            .query(Boolean.class)
            .optional();
    if (ended.isEmpty()) {
      return Optional.empty();
    }
    if (ended.get()) {
      jdbc.sql(
              """
              update archive_check
                 set started = now(), ended = null, due = 'infinity', tenant = '',
                     reception_id = '00000000-0000-0000-0000-000000000000',
                     objects = 0, missing = 0, lost = 0, returned = 0
               where store = ?
              """)
          .param(store)
          .update();
    }
    return jdbc.sql("select * from archive_check where store = ?")
        .param(store)
        .query(ArchiveChecks::progress)
        .optional();
  }

  private static Progress progress(ResultSet row, int number) throws SQLException {
    return new Progress(
        row.getString("store"),
        row.getString("tenant"),
        row.getObject("reception_id", UUID.class),
        row.getLong("objects"),
        row.getLong("missing"),
        row.getLong("lost"),
        row.getLong("returned"));
  }

  /** The objects that come next. */
  List<ArchivedObject> page(Progress after, int most) {
    return jdbc.sql(
            """
            select l.tenant, l.reception_id, l.blob_id, l.blob_offset + l.blob_length as blob_end,
                   l.state = 'available' as available,
                   l.derived or exists (select 1 from location o
                            where o.tenant = l.tenant and o.reception_id = l.reception_id
                              and o.store = 'online' and o.state = 'available') as spare
              from location l
             where l.store = :store and l.state in ('available', 'missing')
               and (l.tenant, l.reception_id) > (:tenant, :reception)
             order by l.tenant, l.reception_id
             limit :most
            """)
        .param("store", after.store())
        .param("tenant", after.tenant())
        .param("reception", after.receptionId())
        .param("most", most)
        .query((row, _) ->
            new ArchivedObject(
                row.getString("tenant"),
                row.getObject("reception_id", UUID.class),
                row.getString("blob_id"),
                row.getLong("blob_end"),
                row.getBoolean("available"),
                row.getBoolean("spare")))
        .list();
  }

  /**
   * Changes the state of a copy.
   *
   * @return false when the object was deleted, or copied anew, meanwhile
   */
  boolean mark(String store, ArchivedObject object, boolean there) {
    return jdbc.sql(
                """
                update location set state = :state
                 where tenant = :tenant and reception_id = :reception and store = :store
                   and blob_id = :blob and state = :before
                """)
            .param("state", there ? "available" : "missing")
            .param("before", there ? "missing" : "available")
            .param("tenant", object.tenant())
            .param("reception", object.receptionId())
            .param("store", store)
            .param("blob", object.blobId())
            .update()
        == 1;
  }

  void save(Progress progress) {
    write(progress, "");
  }

  /**
   * The run is over.
   *
   * @param interval until the next; zero = it comes when it is asked for
   */
  void end(Progress progress, Duration interval) {
    String due =
        interval.isPositive()
            ? "now() + make_interval(secs => " + interval.toSeconds() + ")"
            : "due";
    write(progress, ", ended = now(), due = least(due, " + due + ")");
  }

  private void write(Progress progress, String more) {
    jdbc.sql(
            """
            update archive_check
               set tenant = :tenant, reception_id = :reception, objects = :objects,
                   missing = :missing, lost = :lost, returned = :returned
            """
                + more
                + " where store = :store")
        .param("tenant", progress.tenant())
        .param("reception", progress.receptionId())
        .param("objects", progress.objects())
        .param("missing", progress.missing())
        .param("lost", progress.lost())
        .param("returned", progress.returned())
        .param("store", progress.store())
        .update();
  }

  /** Has every archive compared now, or once more when it is being compared. */
  void demand() {
    jdbc.sql("update archive_check set due = now()").update();
  }

  /** The last run of each archive. */
  List<Run> runs() {
    return jdbc.sql("select * from archive_check order by store")
        .query((row, number) ->
            new Run(
                progress(row, number),
                Optional.ofNullable(row.getTimestamp("started")).map(Timestamp::toInstant),
                Optional.ofNullable(row.getTimestamp("ended")).map(Timestamp::toInstant)))
        .list();
  }

  /**
   * A copy that isn't there.
   *
   * @param store the archive
   * @param blobId what it called the copy
   */
  record MissingCopy(String store, String tenant, UUID receptionId, String blobId) {}

  /** Copies that aren't there, some of them. */
  List<MissingCopy> missing() {
    return jdbc.sql(
            """
            select store, tenant, reception_id, blob_id from location
             where store <> 'online' and state = 'missing'
             order by store, tenant, reception_id limit ?
            """)
        .param(MOST_LISTED)
        .query((row, _) ->
            new MissingCopy(
                row.getString("store"),
                row.getString("tenant"),
                row.getObject("reception_id", UUID.class),
                row.getString("blob_id")))
        .list();
  }

  /** Objects of which neither an archive nor a node has a copy. */
  long losses() {
    return jdbc.sql(
            """
            select count(*) from location l
             where l.store <> 'online' and l.state = 'missing' and not l.derived
               and not exists (select 1 from location o
                                where o.tenant = l.tenant and o.reception_id = l.reception_id
                                  and o.state = 'available')
            """)
        .query(Long.class)
        .single();
  }
}
