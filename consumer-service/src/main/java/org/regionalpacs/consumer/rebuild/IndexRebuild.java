package org.regionalpacs.consumer.rebuild;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.regionalpacs.consumer.indexer.Indexer;
import org.regionalpacs.index.CountWriter;
import org.regionalpacs.index.DeletionRestoring;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.index.IndexClearing;
import org.regionalpacs.index.IndexInUseException;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.RebuildList;
import org.regionalpacs.index.Renditions;
import org.regionalpacs.index.Tombstones;
import org.regionalpacs.intake.OnlineListing;
import org.regionalpacs.intake.OnlineStore;
import org.regionalpacs.storage.ArchiveListing;
import org.regionalpacs.storage.OnlineFiles;
import org.regionalpacs.storage.StorageProperties;
import org.regionalpacs.storage.StoredObjects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Builds the index again from the files of this node's online store, the manifests of the archives
 * and the journal of deletions. First all of it is listed, and nothing is dropped when that can't
 * be done; then the index is dropped, and everything indexed as when it was received.
 *
 * <p>Objects may be received meanwhile, and the index may have been lost altogether. Nobody else
 * may index, archive, convert or delete; nodes are kept from beginning a task. Broken off, it is to
 * be run again, and begins anew.
 */
@Component
public class IndexRebuild {
  private static final int COUNTED_TOGETHER = 500;

  /** A node that was seen since may only be away. */
  private static final Duration AWAY = Duration.ofDays(1);

  /** One that was seen since lives: they tell so each half a minute. */
  private static final Duration GONE = Duration.ofMinutes(2);

  private final StorageProperties properties;
  private final OnlineFiles online;
  private final ArchiveListing archives;
  private final StoredObjects objects;
  private final IndexClearing clearing;
  private final RebuildList list;
  private final DeletionRestoring deletions;
  private final Tombstones tombstones;
  private final LocationWriter locations;
  private final Renditions renditions;
  private final CountWriter counts;
  private final Indexer indexer;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  IndexRebuild(
      StorageProperties properties,
      OnlineFiles online,
      ArchiveListing archives,
      StoredObjects objects,
      IndexClearing clearing,
      RebuildList list,
      DeletionRestoring deletions,
      Tombstones tombstones,
      LocationWriter locations,
      Renditions renditions,
      CountWriter counts,
      Indexer indexer,
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions) {
    this.properties = properties;
    this.online = online;
    this.archives = archives;
    this.objects = objects;
    this.clearing = clearing;
    this.list = list;
    this.deletions = deletions;
    this.tombstones = tombstones;
    this.locations = locations;
    this.renditions = renditions;
    this.counts = counts;
    this.indexer = indexer;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** What to do when the index knows objects that are found nowhere. */
  public enum Missing {
    /** Change nothing: most often a volume isn't mounted. */
    REFUSE,
    /**
     * Go on, also without what an archive doesn't give; they are told, and the new index doesn't
     * know them.
     */
    FORGET
  }

  /**
   * Rebuilds the index.
   *
   * @param missing what to do when the index knows objects that are found nowhere
   * @return what came of it; where there is trouble, something that was accepted isn't in the index
   * @throws RebuildException when it can't be done, or can't go on
   */
  public RebuildReport run(RebuildObserver observer, Missing missing) throws RebuildException {
    return run(observer, missing, () -> {}, Patience.USUAL);
  }

  /** What must hold before the listing begins, which takes long, and again before the drop. */
  interface Guard {
    void look() throws RebuildException;
  }

  RebuildReport run(RebuildObserver observer, Missing missing, Guard guard)
      throws RebuildException {
    return run(observer, missing, guard, Patience.USUAL);
  }

  /** As the other, with another patience. */
  RebuildReport run(RebuildObserver observer, Missing missing, Patience patience)
      throws RebuildException {
    return run(observer, missing, () -> {}, patience);
  }

  private RebuildReport run(
      RebuildObserver observer, Missing missing, Guard guard, Patience patience)
      throws RebuildException {
    RebuildReport report = new RebuildReport(observer);
    String node = node();
    try (IndexClearing.Turn turn =
            clearing
                .turn()
                .orElseThrow(
                    () -> new RebuildException("Another rebuild of this index is going on."));
        HeldNodeTasks tasks = HeldNodeTasks.take(jdbc, transaction)) {
      guard.look();
      requireNoOthers(node, missing);
      tasks.awaitUnderWay(observer, patience.tasks());
      list(node, turn, tasks, report, missing);
      guard.look();
      requireNoOthers(node, missing);
      drop(patience);
      fill(node, turn, tasks, report, patience);
    }
    return report;
  }

  /** An online store that isn't mounted must not count as an empty one. */
  private String node() throws RebuildException {
    try {
      return online
          .node()
          .orElseThrow(() ->
              new RebuildException(
                  "There is no online store in %s: is its volume mounted? Nothing was changed."
                      .formatted(properties.online().root())));
    } catch (IOException e) {
      throw new RebuildException(
          "The online store %s can't be read: %s. Nothing was changed."
              .formatted(properties.online().root(), e.getMessage()),
          e);
    }
  }

  /**
   * What is online there, and in no archive yet, is in no place that is listed here. Nodes that
   * live aren't forgotten.
   */
  private void requireNoOthers(String node, Missing missing) throws RebuildException {
    List<String> others =
        jdbc.queryForList(
            """
            select node || ', seen ' || to_char(seen at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC'
              from online_node
             where node <> ? and seen > now() - make_interval(secs => ?)
             order by seen desc
             limit 10
            """,
            String.class,
            node,
            (double) (missing == Missing.REFUSE ? AWAY : GONE).toSeconds());
    if (!others.isEmpty()) {
      throw new RebuildException(
          """
          Other nodes have online files too (%s); a rebuild finds those of node %s only. Nothing was changed.
          Restore a backup of PostgreSQL instead. Are these nodes gone for good, --forget-missing goes on without them,
          when they have not been seen for %d minutes.\
          """
              .formatted(String.join("; ", others), node, GONE.toMinutes()));
    }
  }

  private void list(
      String node,
      IndexClearing.Turn turn,
      HeldNodeTasks tasks,
      RebuildReport report,
      Missing missing)
      throws RebuildException {
    OnlineStore store =
        new OnlineStore(properties.online().root().toAbsolutePath().normalize(), node);
    try {
      clearing.begin();
      list.clear();
      new DeletionScan(archives, deletions).run(report);
      new OnlineScan(new OnlineListing(store), list).run(report);
      new ArchiveScan(archives, list, new ArchivedObjectReader(node, tombstones), missing)
          .run(report);
      new MissingObjects(list).look(report, missing);
      turn.requireHeld();
      tasks.requireHeld();
    } catch (IOException | RuntimeException e) {
      throw new RebuildException(
          "What there is can't be listed now: %s. The index is as it was.".formatted(cause(e)), e);
    }
  }

  private void drop(Patience patience) throws RebuildException {
    try {
      clearing.drop(patience.drop(), patience.drops());
    } catch (IndexInUseException e) {
      throw new RebuildException(
          "The index can't be dropped now: %s%nThe index is as it was.".formatted(e.getMessage()),
          e);
    } catch (RuntimeException e) {
      throw new RebuildException(
          "The index can't be dropped: %s. See to it, and run this again.".formatted(cause(e)), e);
    }
  }

  private void fill(
      String node,
      IndexClearing.Turn turn,
      HeldNodeTasks tasks,
      RebuildReport report,
      Patience patience)
      throws RebuildException {
    try {
      new DerivedDocuments(properties.derived().root()).remove();
      new Reindexing(
              list,
              new WholeCopy(objects),
              tombstones,
              locations,
              indexer,
              new Evictions(jdbc, transaction, node),
              patience.archive())
          .run(report);
      new RenditionScan(list, renditions).run(report);
      clearing.restoreDamaged();
      report.observer().begins("counts", 0);
      while (counts.recount(COUNTED_TOGETHER) >= COUNTED_TOGETHER) {
        // There may be more.
      }
      turn.requireHeld();
      tasks.requireHeld();
      list.clear();
      clearing.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RebuildException("Interrupted: the index isn't whole. Run it again.", e);
    } catch (RebuildException e) {
      throw e;
    } catch (Exception e) {
      throw new RebuildException(
          "The rebuild can't go on: %s. The index isn't whole: see to it, and run it again."
              .formatted(cause(e)),
          e);
    }
  }

  private static String cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
