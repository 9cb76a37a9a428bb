package org.regionalpacs.intake.reconcile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.regionalpacs.messages.ImageFields;
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

  /** Makes the counters before anything is found, so that the first finding is seen as growth. */
  static void announce(MeterRegistry meters) {
    for (FindingKind kind : FindingKind.values()) {
      findings(meters, kind);
    }
  }

  private static Counter findings(MeterRegistry meters, FindingKind kind) {
    return meters.counter("pacs.reconcile.findings", "kind", kind.name().toLowerCase(Locale.ROOT));
  }

  /** The run it tells of. */
  ReconcileRun run() {
    return run;
  }

  /** Nothing is done about it: it is found again until it is no longer so. */
  void found(Finding finding) {
    boolean first = run.found() < listed;
    if (first) {
      runs.list(run, finding);
    }
    tell(finding, first);
  }

  /**
   * Found, and recorded in the index in the same transaction.
   *
   * @param change says whether there was anything to change; else nothing was found
   * @return whether there was
   */
  boolean found(Finding finding, BooleanSupplier change) {
    boolean first = run.found() < listed;
    boolean changed = runs.change(run, finding, first, change);
    if (changed) {
      tell(finding, first);
    }
    return changed;
  }

  private void tell(Finding finding, boolean first) {
    run.count(finding.kind(), 1);
    findings(meters, finding.kind()).increment();
    if (first && finding.kind().loss()) {
      ImageFields.of(
              LOG.atError(),
              finding.series().tenant(),
              finding.series().study(),
              finding.series().series())
          .log(
              "{} for {}: {}, {}",
              finding.kind(),
              finding.series().tenant(),
              finding.path(),
              finding.detail());
    }
  }
}
