package org.regionalpacs.intake.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.regionalpacs.intake.ByteRate;
import org.regionalpacs.intake.OnlineObjects;
import org.regionalpacs.intake.evict.AsideFiles;
import org.regionalpacs.intake.reconcile.ReconcileRun.Phase;
import org.regionalpacs.intake.reconcile.ReconcileRun.Position;
import org.regionalpacs.nodes.NodeTaskHandler;
import org.regionalpacs.nodes.ReconcileTask;
import org.regionalpacs.nodes.ReconcileTask.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One run: settles leftovers, compares all folders with the index, then reads some of the files
 * whole. How far it is goes to the database every few seconds; another process goes on from there.
 * Whatever it does may be done twice.
 */
final class Reconciler implements NodeTaskHandler<ReconcileTask, Result> {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  /** After so long it is interrupted, and goes on as a new attempt. */
  private static final Duration LIMIT = Duration.ofDays(1);

  private static final Duration SAVE = Duration.ofSeconds(5);

  private final OnlineObjects objects;
  private final AsideFiles aside;
  private final ReconcileProperties properties;
  private final MeterRegistry meters;
  private final ReconcileRuns runs;
  private final IndexView index;

  Reconciler(
      OnlineObjects objects,
      AsideFiles aside,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      ReconcileProperties properties,
      MeterRegistry meters) {
    this.objects = objects;
    this.aside = aside;
    this.properties = properties;
    this.meters = meters;
    RunReport.announce(meters);
    this.runs = new ReconcileRuns(jdbc, transaction, objects.store().node());
    this.index = new IndexView(jdbc, objects.store().node());
  }

  @Override
  public String kind() {
    return ReconcileTask.KIND;
  }

  @Override
  public Class<ReconcileTask> arguments() {
    return ReconcileTask.class;
  }

  @Override
  public Duration limit() {
    return LIMIT;
  }

  @Override
  public Result run(ReconcileTask task) throws IOException, InterruptedException {
    Path root = objects.store().root();
    try (RunLock _ =
        RunLock.take(root)
            .orElseThrow(() -> new IOException("another run of this node is going on"))) {
      Optional<ReconcileRun> run = runs.begin(task.run());
      if (run.isPresent()) {
        run(run.get());
      }
      return run.map(each -> new Result(each.files, each.found(), each.losses()))
          .orElse(new Result(0, 0, 0));
    }
  }

  private void run(ReconcileRun run) throws IOException, InterruptedException {
    long start = System.nanoTime();
    int settled = objects.settleLeftovers() + aside.settle();
    RunReport report = new RunReport(run, runs, meters, properties.listed());
    Repairs repairs = new Repairs(objects, index, report);
    try {
      if (run.phase == Phase.COMPARE) {
        compare(run, report, repairs);
      }
      if (properties.verifyRate().toBytes() > 0) {
        verify(run, report, repairs);
      }
      runs.end(run);
    } catch (IOException | InterruptedException | RuntimeException e) {
      keep(run, e);
      throw e;
    }
    tell(run, settled, Duration.ofNanos(System.nanoTime() - start));
  }

  private void keep(ReconcileRun run, Exception cause) {
    try {
      runs.save(run);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private void compare(ReconcileRun run, RunReport report, Repairs repairs)
      throws IOException, InterruptedException {
    Path root = objects.store().root();
    Announcements announcements =
        new Announcements(objects, index, report, properties.maxAnnounced());
    SeriesComparison comparison =
        new SeriesComparison(root, index, properties, report, announcements, repairs);
    new StudyWalk(root, index)
        .from(
            run.position,
            new SavingVisitor(run) {
              @Override
              public void series(SeriesFolder series) throws IOException {
                comparison.compare(series);
              }

              @Override
              boolean reached(Position study) {
                run.position = study;
                return true;
              }
            });
    run.phase = Phase.VERIFY;
    run.position = Position.START;
    runs.save(run);
  }

  private void verify(ReconcileRun run, RunReport report, Repairs repairs)
      throws IOException, InterruptedException {
    SeriesVerification verification =
        new SeriesVerification(
            objects, index, report, repairs, new ByteRate(properties.verifyRate().toBytes()));
    boolean all =
        new StudyWalk(objects.store().root(), index)
            .from(
                run.verified,
                new SavingVisitor(run) {
                  @Override
                  public void series(SeriesFolder series) throws IOException {
                    verification.verify(series);
                  }

                  @Override
                  boolean reached(Position study) {
                    run.verified = study;
                    return run.bytesRead < properties.verifyBytes().toBytes();
                  }
                });
    if (all) {
      // The next run begins anew.
      run.verified = Position.START;
    }
  }

  private void tell(ReconcileRun run, int settled, Duration took) {
    meters.timer("pacs.reconcile.runs").record(took);
    meters.counter("pacs.reconcile.files").increment(run.files);
    meters.counter("pacs.reconcile.read.bytes").increment(run.bytesRead);
    LOG.atLevel(run.losses() == 0 ? Level.INFO : Level.ERROR)
        .log(
            "Compared {} files with the index, {} bytes with their digests, in {} s: found {};"
                + " {} announced again, {} leftovers of dead processes settled",
            run.files,
            run.bytesRead,
            took.toSeconds(),
            run.findings(),
            run.announced,
            settled);
  }

  /** Keeps how far the run is, every few seconds. */
  private abstract class SavingVisitor implements StudyWalk.Visitor {
    private final ReconcileRun run;
    private long savedAt = System.nanoTime();

    private SavingVisitor(ReconcileRun run) {
      this.run = run;
    }

    /**
     * A study is done.
     *
     * @return whether to go on
     */
    abstract boolean reached(Position study);

    @Override
    public boolean studyDone(Position study) throws InterruptedException {
      boolean more = reached(study);
      if (System.nanoTime() - savedAt > SAVE.toNanos()) {
        runs.save(run);
        savedAt = System.nanoTime();
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return more;
    }
  }
}
