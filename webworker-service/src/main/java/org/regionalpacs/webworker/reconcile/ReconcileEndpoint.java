package org.regionalpacs.webworker.reconcile;

import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** {@code /actuator/reconcile}: what the nodes found, and a way to have them look now. */
@Endpoint(id = "reconcile")
final class ReconcileEndpoint {
  private final ReconcilePlanning planning;
  private final ReconcileReports reports;
  private final ArchiveChecks archives;

  ReconcileEndpoint(ReconcilePlanning planning, ReconcileReports reports, ArchiveChecks archives) {
    this.planning = planning;
    this.reports = reports;
    this.archives = archives;
  }

  /**
   * What is known.
   *
   * @param runs the last run of each node, and the one under way
   * @param findings of the last runs, at most 1000, losses first
   * @param archives the last comparison of each archive with the index, or the one under way
   * @param missingCopies archived copies that aren't there, at most 1000
   */
  record Report(
      List<ReconcileReports.Run> runs,
      List<ReconcileReports.Finding> findings,
      List<ArchiveChecks.Run> archives,
      List<ArchiveChecks.MissingCopy> missingCopies) {}

  /**
   * What was planned.
   *
   * @param planned nodes that will compare their files now; those that do it already aren't counted
   */
  record Answer(int planned) {}

  @ReadOperation
  Report report() {
    return new Report(reports.runs(), reports.findings(), archives.runs(), archives.missing());
  }

  @WriteOperation
  Answer plan() {
    archives.demand();
    return new Answer(planning.planNow());
  }
}
