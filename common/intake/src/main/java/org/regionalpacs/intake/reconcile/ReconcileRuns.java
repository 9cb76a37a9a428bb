package org.regionalpacs.intake.reconcile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.regionalpacs.intake.reconcile.ReconcileRun.Phase;
import org.regionalpacs.intake.reconcile.ReconcileRun.Position;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Where runs are kept, with how far they are. */
final class ReconcileRuns {
  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final String node;

  ReconcileRuns(JdbcClient jdbc, TransactionTemplate transaction, String node) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.node = node;
  }

  /**
   * Begins a run, or goes on with it. A new one reads whole files from where the last one stopped.
   *
   * @return empty when it has ended, or was forgotten
   */
  Optional<ReconcileRun> begin(UUID run) {
    jdbc.sql(
            """
            update reconcile_run r
               set started = now(),
                   (verify_tenant, verify_study) =
                     (select coalesce(max(p.verify_tenant), ''), coalesce(max(p.verify_study), '')
                        from (select verify_tenant, verify_study from reconcile_run
                               where node = :node and ended is not null
                               order by ended desc limit 1) p)
             where node = :node and run = :run and started is null
            """)
        .param("node", node)
        .param("run", run)
        .update();
    return jdbc.sql("select * from reconcile_run where node = ? and run = ? and ended is null")
        .params(node, run)
        .query(ReconcileRuns::run)
        .optional();
  }

  private static ReconcileRun run(ResultSet row, int number) throws SQLException {
    ReconcileRun run = new ReconcileRun(row.getObject("run", UUID.class));
    run.phase = Phase.valueOf(row.getString("phase"));
    run.position = new Position(row.getString("tenant"), row.getString("study_uid"));
    run.verified = new Position(row.getString("verify_tenant"), row.getString("verify_study"));
    run.files = row.getLong("files");
    run.bytesRead = row.getLong("bytes_read");
    run.announced = row.getLong("announced");
    JSON.readValue(row.getString("findings"), new TypeReference<Map<FindingKind, Long>>() {})
        .forEach(run::count);
    return run;
  }

  /** Keeps how far a run is. */
  void save(ReconcileRun run) {
    save(run, "");
  }

  /** The run is over. */
  void end(ReconcileRun run) {
    save(run, ", ended = now()");
  }

  private void save(ReconcileRun run, String more) {
    jdbc.sql(
            """
            update reconcile_run
               set phase = :phase, tenant = :tenant, study_uid = :study,
                   verify_tenant = :verifyTenant, verify_study = :verifyStudy,
                   files = :files, bytes_read = :bytes, announced = :announced,
                   findings = cast(:findings as jsonb)
            """
                + more
                + " where node = :node and run = :run")
        .param("phase", run.phase.name())
        .param("tenant", run.position.tenant())
        .param("study", run.position.study())
        .param("verifyTenant", run.verified.tenant())
        .param("verifyStudy", run.verified.study())
        .param("files", run.files)
        .param("bytes", run.bytesRead)
        .param("announced", run.announced)
        .param("findings", JSON.writeValueAsString(run.findings()))
        .param("node", node)
        .param("run", run.id)
        .update();
  }

  /**
   * Changes the index and tells of it, both or neither: a finding that was repaired is not found
   * again by whoever goes on after a crash.
   *
   * @param change says whether there was anything to change
   * @param listed whether the finding is listed
   */
  boolean change(ReconcileRun run, Finding finding, boolean listed, BooleanSupplier change) {
    return Boolean.TRUE.equals(
        transaction.execute(_ -> {
          if (!change.getAsBoolean()) {
            return false;
          }
          count(run, finding.kind());
          if (listed) {
            list(run, finding);
          }
          return true;
        }));
  }

  private void count(ReconcileRun run, FindingKind kind) {
    jdbc.sql(
            """
            update reconcile_run
               set findings = findings || jsonb_build_object(:kind,
                     coalesce(cast(findings ->> :kind as bigint), 0) + 1)
             where node = :node and run = :run
            """)
        .param("kind", kind.name())
        .param("node", node)
        .param("run", run.id)
        .update();
  }

  /** Lists a finding. */
  void list(ReconcileRun run, Finding finding) {
    jdbc.sql(
            """
            insert into reconcile_finding (node, run, kind, path, tenant, study_uid, series_uid,
                                           sop_uid, reception_id, detail)
            values (:node, :run, :kind, :path, :tenant, :study, :series, :sop, :reception, :detail)
            on conflict do nothing
            """)
        .param("node", node)
        .param("run", run.id)
        .param("kind", finding.kind().name())
        .param("path", finding.path())
        .param("tenant", finding.series().tenant())
        .param("study", finding.series().study())
        .param("series", finding.series().series())
        .param("sop", finding.sopInstance())
        .param("reception", finding.receptionId().orElse(null))
        .param("detail", finding.detail())
        .update();
  }

  /** Tells that this node is there, and how much room it has in bytes. */
  void seen(long free, long total) {
    jdbc.sql(
            """
            insert into online_node (node, seen, free_bytes, total_bytes, space_at)
            values (?, now(), ?, ?, now())
            on conflict (node) do update set
              seen = excluded.seen, free_bytes = excluded.free_bytes,
              total_bytes = excluded.total_bytes, space_at = excluded.space_at
            """)
        .params(node, free, total)
        .update();
  }
}
