package org.regionalpacs.index;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a node writes about files of its own that go or come back. Each holds the study's lock, so
 * that a deletion or a pin comes before or after it, never in between.
 */
public final class Evictions {

  /** The archived copy must be known still; that it is whole has been seen by who asks. */
  private static final String EVICT =
      """
      update location l set state = 'evicted'
       where l.tenant = :tenant and l.reception_id = :reception and l.store = 'online'
         and l.node = :node and l.blob_id = :path and l.state = 'available'
         and exists (select 1 from location a
                      where a.tenant = :tenant and a.reception_id = :reception
                        and a.store <> 'online' and a.state = 'available')
      """;

  private static final String MOVE =
      """
      update location set state = :to, blob_id = :newPath
       where tenant = :tenant and reception_id = :reception and store = 'online'
         and node = :node and blob_id = :path and state = :from
      """;

  private static final String COUNT =
      """
      update online_study o
         set online = c.online > 0, evicted_objects = c.evicted, evicted_bytes = c.bytes,
             wanted = case when c.evicted > 0 then %s end
        from (select count(*) filter (where l.state <> 'evicted') as online,
                     count(*) filter (where l.state = 'evicted') as evicted,
                     coalesce(sum(l.blob_length) filter (where l.state = 'evicted'), 0) as bytes
                from (select tenant, reception_id from instance
                       where tenant = :tenant and study_uid = :study
                      union all
                      select tenant, reception_id from superseded_instance
                       where tenant = :tenant and study_uid = :study) i
               cross join lateral (
                     select p.state, p.blob_length from location p
                      where p.tenant = i.tenant and p.reception_id = i.reception_id
                        and p.store = 'online' and p.node = :node
                     offset 0) l) c
       where o.tenant = :tenant and o.study_uid = :study and o.node = :node
      """;

  /** Whoever wants a pinned study back goes on wanting it; others ask again when they read it. */
  private static final String STILL_WANTED =
      """
      (select now() + make_interval(secs => :again) from study_pin p
        where p.tenant = o.tenant and p.study_uid = o.study_uid)
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final StudyLocks locks;
  private final String node;

  /**
   * @param node id of the node
   */
  public Evictions(JdbcTemplate jdbc, TransactionTemplate transaction, String node) {
    this.jdbc = JdbcClient.create(jdbc);
    this.transaction = transaction;
    this.locks = new StudyLocks(jdbc);
    this.node = node;
  }

  /**
   * Marks files evicted. A file that holds several objects (repeats) goes for all of them or none.
   *
   * @return paths of the files that are evicted now. The others stay: their objects were deleted or
   *     have lost their archived copy since they were looked at, or the study is pinned.
   */
  public Set<String> evict(StudyIdentity study, List<NodeObject> objects) {
    Map<String, List<NodeObject>> byPath =
        objects.stream().collect(Collectors.groupingBy(NodeObject::path));
    return transaction.execute(_ -> {
      locks.share(List.of(study));
      if (isPinned(study)) {
        return Set.of();
      }
      Set<String> evicted = new HashSet<>();
      long bytes = 0;
      for (Map.Entry<String, List<NodeObject>> file : byPath.entrySet()) {
        List<NodeObject> marked = file.getValue().stream().filter(this::evict).toList();
        if (marked.size() == file.getValue().size()) {
          evicted.add(file.getKey());
          bytes += marked.getFirst().length();
        } else {
          marked.forEach(
              object -> move(object, NodeObject.EVICTED, NodeObject.AVAILABLE, object.path()));
        }
      }
      jdbc.sql(
              """
              update online_study
                 set evicted_objects = evicted_objects + ?, evicted_bytes = evicted_bytes + ?
               where tenant = ? and study_uid = ? and node = ?
              """)
          .params(evicted.size(), bytes, study.tenant(), study.studyUid(), node)
          .update();
      return evicted;
    });
  }

  private boolean evict(NodeObject object) {
    return of(jdbc.sql(EVICT), object).update() == 1;
  }

  private JdbcClient.StatementSpec of(JdbcClient.StatementSpec statement, NodeObject object) {
    return statement
        .param("tenant", object.reception().tenant())
        .param("reception", object.reception().receptionId())
        .param("node", node)
        .param("path", object.path());
  }

  private boolean move(NodeObject object, String from, String to, String newPath) {
    return of(jdbc.sql(MOVE), object)
            .param("from", from)
            .param("to", to)
            .param("newPath", newPath)
            .update()
        == 1;
  }

  /**
   * The file of an evicted object is there again.
   *
   * @param path where
   * @return false when it isn't evicted any longer: it was deleted, or is back by another's work
   */
  public boolean back(NodeObject object, String path) {
    StudyIdentity study =
        new StudyIdentity(object.reception().tenant(), object.reception().study());
    return transaction.execute(_ -> {
      locks.share(List.of(study));
      return move(object, NodeObject.EVICTED, NodeObject.AVAILABLE, path);
    });
  }

  /**
   * Counts what a study has on the node, when work on it has ended.
   *
   * @param wantedAgain after how many seconds a pinned study that isn't back is asked for again
   */
  public void counted(StudyIdentity study, long wantedAgain) {
    transaction.executeWithoutResult(_ -> {
      locks.take(study);
      jdbc.sql(COUNT.formatted(STILL_WANTED))
          .param("tenant", study.tenant())
          .param("study", study.studyUid())
          .param("node", node)
          .param("again", (double) wantedAgain)
          .update();
    });
  }

  /**
   * An archived copy turned out to be no good: it isn't read any more, and another may take its
   * place.
   *
   * @param gone whether it isn't there at all
   * @return false when the object was deleted, or copied anew, meanwhile
   */
  public boolean distrust(NodeObject object, ObjectLocation copy, boolean gone) {
    StudyIdentity study =
        new StudyIdentity(object.reception().tenant(), object.reception().study());
    return transaction.execute(_ -> {
      locks.share(List.of(study));
      return jdbc.sql(
                  """
                  update location set state = ?
                   where tenant = ? and reception_id = ? and store = ? and blob_id = ?
                     and state = 'available'
                  """)
              .params(
                  gone ? "missing" : "damaged",
                  object.reception().tenant(),
                  object.reception().receptionId(),
                  copy.store(),
                  copy.blobId())
              .update()
          == 1;
    });
  }

  /** Whether the files of a study are to stay. */
  public boolean isPinned(StudyIdentity study) {
    return jdbc.sql("select exists (select 1 from study_pin where tenant = ? and study_uid = ?)")
        .params(study.tenant(), study.studyUid())
        .query(Boolean.class)
        .single();
  }

  /**
   * Where the index has the file of an object on this node.
   *
   * @param path relative to ROOT
   * @param state as in {@link NodeObject}
   */
  public record Place(String path, String state) {}

  /** Empty when the index has no file of the object here. */
  public Optional<Place> place(String tenant, UUID receptionId) {
    return jdbc.sql(
            """
            select blob_id, state from location
             where tenant = ? and reception_id = ? and store = 'online' and node = ?
            """)
        .params(tenant, receptionId, node)
        .query((row, _) -> new Place(row.getString(1), row.getString(2)))
        .optional();
  }

  /** The file of an object that isn't evicted has another path now. */
  public void moved(String tenant, UUID receptionId, Place from, String path) {
    jdbc.sql(
            """
            update location set blob_id = ?
             where tenant = ? and reception_id = ? and store = 'online' and node = ?
               and blob_id = ? and state = ?
            """)
        .params(path, tenant, receptionId, node, from.path(), from.state())
        .update();
  }

  /** Tells how much room the node has, in bytes. */
  public void room(long free, long total) {
    jdbc.sql(
            """
            update online_node set free_bytes = ?, total_bytes = ?, space_at = now() where node = ?
            """)
        .params(free, total, node)
        .update();
  }
}
