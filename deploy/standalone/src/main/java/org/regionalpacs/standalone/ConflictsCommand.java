package org.regionalpacs.standalone;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.regionalpacs.index.Conflict;
import org.regionalpacs.index.ConflictKind;
import org.regionalpacs.index.ConflictQuery;
import org.regionalpacs.index.Conflicts;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "conflicts",
    description = "List objects that were received and don't agree with the index.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:listed", "1:the database doesn't answer", "2:wrong usage", "3:not running"})
final class ConflictsCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  @Mixin DataOption data;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      defaultValue = "default",
      description = "Of this hospital (default: ${DEFAULT-VALUE}).")
  String tenant = "default";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only new-version, sop-elsewhere, patient-attributes or study-patient.")
  Optional<String> kind = Optional.empty();

  @Option(
      names = "--study",
      paramLabel = "UID",
      description = "Only those of this Study Instance UID.")
  Optional<String> study = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only those seen since, such as 2026-01-02 or 2026-01-02T03:04:05Z.")
  Optional<String> since = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "So many at most, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  int limit = 50;

  @Option(names = "--full", description = "With the values, which may identify patients.")
  boolean full;

  @Override
  public Integer call() {
    if (limit < 1 || limit > 10_000) {
      throw new Complaint("--limit: 1 to 10000", Complaint.USAGE);
    }
    ConflictQuery query =
        new ConflictQuery(
            tenant,
            kind.map(ConflictsCommand::kind),
            study,
            since.map(ConflictsCommand::time),
            Optional.empty(),
            limit);
    ProductDatabase database = ProductDatabase.of(data.folder(), data.running());
    try {
      DriverManagerDataSource source =
          new DriverManagerDataSource(database.url(), database.login());
      print(new Conflicts(new JdbcTemplate(source)).list(query));
      return 0;
    } catch (DataAccessException e) {
      throw new Complaint("The database doesn't answer: " + e.getMostSpecificCause(), e);
    }
  }

  private void print(List<Conflict> conflicts) {
    if (conflicts.isEmpty()) {
      System.out.println("No conflicts.");
      return;
    }
    for (Conflict conflict : conflicts) {
      System.out.printf(
          "%s  %-18s  %,d objects  %s%n",
          TIME.format(conflict.lastSeen()),
          conflict.kind().id(),
          conflict.objects(),
          String.join(", ", conflict.differences().keySet()));
      System.out.printf(
          "    study %s%n    series %s%n    instance %s  reception %s%n",
          Printable.of(conflict.study()),
          Printable.of(conflict.series()),
          Printable.of(conflict.sop()),
          conflict.receptionId());
      if (full) {
        conflict
            .differences()
            .forEach((keyword, values) ->
                System.out.printf(
                    "    %s: index '%s', received '%s'%n",
                    keyword, Printable.of(values.index()), Printable.of(values.received())));
      }
    }
    if (conflicts.size() == limit) {
      System.out.printf("These are the last %d: --limit shows more.%n", limit);
    }
  }

  private static ConflictKind kind(String id) {
    return ConflictKind.of(id)
        .orElseThrow(() ->
            new Complaint(
                "--kind: one of "
                    + Arrays.stream(ConflictKind.values())
                        .map(ConflictKind::id)
                        .collect(Collectors.joining(", ")),
                Complaint.USAGE));
  }

  private static Instant time(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException e) {
      throw new Complaint(
          "--since: a time such as 2026-01-02 or 2026-01-02T03:04:05Z", Complaint.USAGE);
    }
  }
}
