package org.regionalpacs.standalone;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which dead letters. */
final class LetterFilter {
  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Only those that came from this topic.")
  Optional<String> topic = Optional.empty();

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "Only those of this consumer group.")
  Optional<String> group = Optional.empty();

  /** The topics to read. */
  List<String> topics(Letters letters) {
    List<String> all = letters.topics();
    if (topic.isEmpty()) {
      return all;
    }
    String wanted =
        topic.get().endsWith(LetterId.SUFFIX) ? topic.get() : topic.get() + LetterId.SUFFIX;
    if (!all.contains(wanted)) {
      throw new Complaint("There is no topic " + wanted);
    }
    return List.of(wanted);
  }

  boolean matches(Letter letter) {
    return group.isEmpty() || group.get().equals(letter.group());
  }
}
