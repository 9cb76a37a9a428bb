package org.regionalpacs.intake.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of what a run finds: counted, the first ones listed, losses in the log. */
final class RunReport {
  private static final Logger LOG = LoggerFactory.getLogger(RunReport.class);

  private final ReconcileRun run;
  private final ReconcileRuns runs;
  private final MeterRegistry meters;
  private final int listed;

  /**
   * @param listed so many findings are listed one by one
   */
  RunReport(ReconcileRun run, ReconcileRuns runs, MeterRegistry meters, int listed) {
    this.run = run;
    this.runs = runs;
    this.meters = meters;
    this.listed = listed;
  }

  /** The run it tells of. */
  ReconcileRun run() {
    return run;
  }

  void found(Finding finding) {
    boolean first = run.found() < listed;
    run.count(finding.kind(), 1);
    meters
        .counter("pacs.reconcile.findings", "kind", finding.kind().name().toLowerCase(Locale.ROOT))
        .increment();
    if (first) {
      runs.list(run, finding);
      if (finding.kind().loss()) {
        LOG.error(
            "{} for {}: {}, {}",
            finding.kind(),
            finding.series().tenant(),
            finding.path(),
            finding.detail());
      }
    }
  }
}
