package org.regionalpacs.standalone;

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
  private static final int CAUSE_SHOWN = 100;
  private static final List<String> MEMBERS =
      List.of("Tenant", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID");

  @Mixin KafkaOption kafka;
  @Mixin LetterFilter filter;
  @Mixin LimitOption limit;

  @Option(names = "--json", description = "As a JSON array.")
  boolean json;

  @Override
  public Integer call() {
    int most = limit.value();
    try (Letters letters = new Letters(kafka.address())) {
      List<Letter> found = letters.newest(filter.topics(letters), filter::matches, most);
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
          Moment.shown(letter.time()),
          Printable.of(letter.group()),
          marks.of(letter.id()).map(time -> "sent again " + Moment.shown(time)).orElse(""));
      System.out.printf(
          "    %s%n    from %s",
          Printable.of(letter.header(DeadLetterHeaders.CAUSE), CAUSE_SHOWN),
          Printable.of(letter.origin()));
      for (String member : MEMBERS) {
        String value = letter.member(member);
        System.out.print(value.isEmpty() ? "" : " " + member + "=" + Printable.of(value, 128));
      }
      System.out.println();
    }
    limit.tellWhenReached(found);
  }

  private static ObjectNode json(Letter letter, ReplayMarks marks) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("ID", letter.id().toString());
    node.put("Time", letter.time().toString());
    node.put("Group", letter.group());
    node.put("Cause", letter.header(DeadLetterHeaders.CAUSE));
    node.put("Origin", letter.origin());
    for (String member : MEMBERS) {
      node.put(member, letter.member(member));
    }
    node.put("Replayed", marks.of(letter.id()).map(Object::toString).orElse(""));
    return node;
  }
}
