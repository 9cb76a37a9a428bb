package org.regionalpacs.standalone;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.regionalpacs.index.Conflict;
import org.regionalpacs.index.ConflictKind;
import org.regionalpacs.index.ConflictQuery;
import org.regionalpacs.index.Conflicts;
import org.springframework.jdbc.core.JdbcTemplate;
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
  @Mixin IndexOption index;
  @Mixin TenantOption of;
  @Mixin SinceOption since;
  @Mixin LimitOption limit;

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

  @Option(names = "--full", description = "With the values, which may identify patients.")
  boolean full;

  @Override
  public Integer call() {
    ConflictQuery query =
        new ConflictQuery(
            of.tenant,
            kind.map(ConflictsCommand::kind),
            study,
            since.value(),
            Optional.empty(),
            limit.value());
    print(index.ask(source -> new Conflicts(new JdbcTemplate(source)).list(query)));
    return 0;
  }

  private void print(List<Conflict> conflicts) {
    if (conflicts.isEmpty()) {
      System.out.println("No conflicts.");
      return;
    }
    for (Conflict conflict : conflicts) {
      System.out.printf(
          "%s  %-18s  %,d objects  %s%n",
          Moment.shown(conflict.lastSeen()),
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
    limit.tellWhenReached(conflicts);
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
}
