package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.regionalpacs.messages.ConsumerLag;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    description = "Show health, counts, queues and space.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well", "1:something is down", "3:not running"})
final class StatusCommand implements Callable<Integer> {
  @Mixin DataOption data;

  @Override
  public Integer call() throws IOException {
    DataFolder folder = data.folder();
    RunState state = data.running();
    System.out.printf(
        "Regional PACS %s on %s, pid %d, %s for %s%n",
        Version.number(),
        folder.shown(),
        state.pid(),
        state.ready() ? "running" : "starting",
        age(state.started()));
    System.out.printf(
        "Archive  %s%n",
        ArchiveChoice.read(folder)
            .map(ArchiveChoice::shown)
            .orElse("local, unless pacs.yml or PACS_ARCHIVE_STORE says otherwise"));
    System.out.printf("Viewer   %s%n", ViewerProbe.ask(state.address(), state.http()).shown());
    boolean well = health(state);
    processes(folder, state);
    well &= counts(folder, state);
    well &= queues(state);
    System.out.printf(
        "%nDisk     %s free%n", size(Files.getFileStore(folder.root()).getUsableSpace()));
    return well ? 0 : Complaint.FAILED;
  }

  private static boolean health(RunState state) {
    System.out.printf("%nHealth%n");
    boolean well = true;
    try (HealthProbe probe = new HealthProbe()) {
      for (Service service : Service.values()) {
        HealthProbe.Answer answer = probe.ask(state.health() + service.ordinal());
        well &= answer.up();
        System.out.printf(
            "  %-11s %s%n", service.id(), answer.up() ? "UP" : "DOWN  " + answer.detail());
        answer
            .degraded()
            .forEach(component -> System.out.printf("  %-11s   DEGRADED %s%n", "", component));
      }
    }
    return well;
  }

  private static void processes(DataFolder folder, RunState state) {
    System.out.printf("%nProcesses%n");
    Holds holds = new Holds(folder);
    for (Child child : Child.of(folder, state)) {
      OptionalLong pid = child.pid();
      String absent = holds.held(child.name()) ? "on hold" : "not running";
      System.out.printf(
          "  %-11s %s%n", child.name(), pid.isPresent() ? "pid " + pid.getAsLong() : absent);
    }
  }

  private static boolean counts(DataFolder folder, RunState state) {
    System.out.printf("%nStored%n");
    try {
      ProductDatabase database = ProductDatabase.of(folder, state);
      try (Connection connection = DriverManager.getConnection(database.url(), database.login())) {
        for (String table : new String[] {"patient", "study", "series", "instance"}) {
          System.out.printf("  %-11s %,12d%n", table, count(connection, table));
        }
        // Deleted already for everybody who asks; only their bytes are still there.
        long removals = count(connection, "removal");
        long tasks = count(connection, "node_task where done_at is null");
        if (removals + tasks > 0) {
          System.out.printf(
              "  %-11s %,12d places, %,d tasks of nodes%n", "to remove", removals, tasks);
        }
        LifeCounts.read(connection).print();
        if (UnfinishedRebuild.in(connection)) {
          System.out.printf("  %s%n", RebuildCommand.UNFINISHED);
          return false;
        }
      }
      return true;
    } catch (SQLException | RuntimeException e) {
      System.out.printf("  unknown: %s%n", e.getMessage());
      return false;
    }
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static boolean queues(RunState state) {
    System.out.printf("%nQueues (records not yet processed)%n");
    Map<String, Long> lags = new TreeMap<>();
    try (ConsumerLag lag = new ConsumerLag(Ports.LOOPBACK + ":" + state.kafka())) {
      lags.putAll(lag.byGroupAndTopic());
    } catch (IOException e) {
      System.out.printf("  unknown: %s%n", e.getMessage());
      return false;
    }
    lags.forEach((name, lag) -> System.out.printf("  %-40s %,8d%n", name, lag));
    return true;
  }

  private static String age(Instant started) {
    Duration age = Duration.between(started, Instant.now());
    if (age.toHours() > 0) {
      return "%d h %d min".formatted(age.toHours(), age.toMinutesPart());
    }
    return age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
  }

  private static String size(long bytes) {
    return bytes >= 1L << 30 ? "%.1f GB".formatted(bytes / 1e9) : (bytes >> 20) + " MB";
  }
}
