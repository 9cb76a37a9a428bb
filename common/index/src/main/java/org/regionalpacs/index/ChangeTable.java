package org.regionalpacs.index;

import java.util.List;
import java.util.stream.Stream;
import org.regionalpacs.index.Change.Action;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes changes in the transactions that make them. {@link ChangeSequencer} orders them. */
final class ChangeTable {
  private record Entry(Action action, ReceivedObject object) {}

  /** In the order of the objects: of one instance the later change comes later. */
  private static final BatchStatement<Entry> INSERT =
      new BatchStatement<>(
          new Rows<Entry>()
              .text("tenant", entry -> entry.object().tenant())
              .text("action", entry -> entry.action().column())
              .text("study_uid", entry -> entry.object().study())
              .text("series_uid", entry -> entry.object().series())
              .text("sop_uid", entry -> entry.object().sop())
              .uuid("reception_id", entry -> entry.object().receptionId()),
          "insert into change_waiting (%1$s) select %1$s from %2$s");

  private final JdbcTemplate jdbc;

  ChangeTable(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Instances that have another current version now.
   *
   * @param created those that weren't there before
   * @param replaced those that were
   */
  void add(List<IndexedInstance> created, List<IndexedInstance> replaced) {
    INSERT.execute(
        jdbc,
        Stream.concat(
                created.stream().map(one -> new Entry(Action.CREATED, one.object())),
                replaced.stream().map(one -> new Entry(Action.REPLACED, one.object())))
            .toList());
  }

  /** Something was deleted. */
  void add(DeletionTarget deleted) {
    jdbc.update(
        """
        insert into change_waiting (tenant, action, study_uid, series_uid, sop_uid)
        values (?, ?, ?, ?, ?)
        """,
        deleted.tenant(),
        Action.DELETED.column(),
        deleted.study(),
        deleted.series().orElse(""),
        deleted.sop().orElse(""));
  }
}
