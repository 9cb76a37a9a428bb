package org.regionalpacs.intake.evict;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.index.NodeObjects;
import org.regionalpacs.index.PossibleOrphan;
import org.regionalpacs.intake.EvictableFiles;
import org.regionalpacs.intake.TestIntake;
import org.regionalpacs.nodes.BringBackStudy;
import org.regionalpacs.nodes.EvictStudies;
import org.regionalpacs.storage.fastdfs.FastDfsBlobStore;
import org.regionalpacs.storage.fastdfs.FastDfsProperties;
import org.regionalpacs.storage.fastdfs.OrphanJournal;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Another process of the node, which evicts a study or brings it back and is killed on the way. */
final class KilledEviction {
  /** 128 + SIGKILL. */
  static final int KILLED = 137;

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private KilledEviction() {}

  /** A way to the index. */
  record Database(String url, String user, String password) {}

  /**
   * Runs it to its end.
   *
   * @return its exit code
   */
  static int run(
      KillStep step, Path root, Database database, String trackers, Path scratch, String study)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledEviction.class.getName(),
                step.name(),
                root.toString(),
                database.url(),
                database.user(),
                trackers,
                scratch.toString(),
                study)
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolveSibling("killed.log").toFile())
            .start();
    try {
      // Not among the arguments, which everybody can see.
      process.getOutputStream().write((database.password() + "\n").getBytes());
      process.getOutputStream().flush();
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it still runs: see " + scratch.resolveSibling("killed.log"));
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** The other process. */
  public static void main(String[] arguments) throws Exception {
    KillStep step = KillStep.valueOf(arguments[0]);
    String password = new java.util.Scanner(System.in).nextLine();
    KillingSource source = new KillingSource(step, arguments[2], arguments[3], password);
    JdbcTemplate jdbc = new JdbcTemplate(source);
    TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    Archives archives = archives(step, arguments[4], Path.of(arguments[5]));
    TestIntake intake = TestIntake.start(Path.of(arguments[1]), TestIntake.NO_KAFKA);
    EvictableFiles files = intake.evictable();
    EvictionProperties properties =
        new EvictionProperties(DataSize.ofBytes(0), Duration.ofMinutes(1));
    NodeObjects objects = new NodeObjects(jdbc);
    Evictions evictions = new Evictions(jdbc, transaction, files.store().node());
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    String study = arguments[6];
    if (step.bringsBack()) {
      new BringBackHandler(files, objects, evictions, archives, properties, meters)
          .run(new BringBackStudy("default", study));
    } else {
      new EvictionHandler(files, intake.objects(), objects, evictions, archives, properties, meters)
          .run(new EvictStudies(List.of(new EvictStudies.Study("default", study))));
    }
    System.exit(0);
  }

  private static Archives archives(KillStep step, String trackers, Path scratch) {
    FastDfsProperties settings =
        new FastDfsProperties(
            List.of(trackers.split(",")),
            "",
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            DataSize.ofMegabytes(1),
            3,
            Duration.ofMillis(100),
            Duration.ofDays(1),
            scratch.resolve("spool"),
            DataSize.ofMegabytes(64),
            scratch.resolve("orphans"));
    FastDfsBlobStore store =
        FastDfsBlobStore.open("fastdfs", settings, new NoOrphans(), new SimpleMeterRegistry());
    return new Archives(
        () -> new Archives.Stores(Map.of("fastdfs", step.watching(store)), Optional.empty()));
  }

  /** Nothing is uploaded here. */
  private static final class NoOrphans implements OrphanJournal {
    @Override
    public void add(PossibleOrphan orphan) {
      throw new IllegalStateException("nothing is uploaded");
    }

    @Override
    public List<PossibleOrphan> latest() {
      return List.of();
    }
  }
}
