package org.regionalpacs.standalone;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.regionalpacs.messages.DeadLetterHeaders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "list",
    description = "List dead letters, newest first.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:listed", "1:Kafka doesn't answer", "2:wrong usage", "3:not running"})
final class DltListCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final int CAUSE_SHOWN = 100;

  @Mixin KafkaOption kafka;
  @Mixin LetterFilter filter;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "So many at most, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  int limit = 50;

  @Option(names = "--json", description = "As a JSON array.")
  boolean json;

  @Override
  public Integer call() {
    if (limit < 1 || limit > 10_000) {
      throw new Complaint("--limit: 1 to 10000", Complaint.USAGE);
    }
    try (Letters letters = new Letters(kafka.address())) {
      List<Letter> found = letters.newest(filter.topics(letters), filter::matches, limit);
      ReplayMarks marks = ReplayMarks.read(letters);
      if (json) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        found.forEach(letter -> array.add(json(letter, marks)));
        System.out.println(array.toPrettyString());
      } else {
        print(found, marks);
      }
    }
    return 0;
  }

  private void print(List<Letter> found, ReplayMarks marks) {
    if (found.isEmpty()) {
      System.out.println("No dead letters.");
      return;
    }
    for (Letter letter : found) {
      System.out.printf(
          "%-24s  %s  %-10s %s%n",
          letter.id(),
          TIME.format(letter.time()),
          Printable.of(letter.group()),
          marks.of(letter.id()).map(time -> "sent again " + TIME.format(time)).orElse(""));
      System.out.printf(
          "    %s%n    from %s",
          Printable.of(letter.header(DeadLetterHeaders.CAUSE), CAUSE_SHOWN),
          Printable.of(letter.origin()));
      for (String member : List.of("Tenant", "StudyInstanceUID", "SOPInstanceUID")) {
        String value = letter.member(member);
        System.out.print(value.isEmpty() ? "" : " " + member + "=" + Printable.of(value, 128));
      }
      System.out.println();
    }
    if (found.size() == limit) {
      System.out.printf("These are the newest %d: --limit shows more.%n", limit);
    }
  }

  private static ObjectNode json(Letter letter, ReplayMarks marks) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("ID", letter.id().toString());
    node.put("Time", letter.time().toString());
    node.put("Group", letter.group());
    node.put("Cause", letter.header(DeadLetterHeaders.CAUSE));
    node.put("Origin", letter.origin());
    for (String member : List.of("Tenant", "StudyInstanceUID", "SOPInstanceUID")) {
      node.put(member, letter.member(member));
    }
    node.put("Replayed", marks.of(letter.id()).map(Object::toString).orElse(""));
    return node;
  }
}
