package org.regionalpacs.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "replay",
    description = {
      "Send dead letters to the topic they came from.",
      "Only the consumer group that failed processes them again; it may be down meanwhile."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:sent, or had been sent before",
      "1:some weren't sent",
      "2:wrong usage",
      "3:not running"
    })
final class DltReplayCommand implements Callable<Integer> {
  /** Letters in one transaction. */
  private static final int BATCH = 500;

  @Mixin KafkaOption kafka;
  @Mixin LetterFilter filter;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "As ./pacs dlt list shows them.")
  List<String> ids = List.of();

  @Option(names = "--all", description = "All that match and weren't sent again yet.")
  boolean all;

  @Option(names = "--again", description = "Also those that were sent again before.")
  boolean again;

  @Override
  public Integer call() {
    if (all == !ids.isEmpty()) {
      throw new Complaint("Name dead letters by their IDs, or say --all", Complaint.USAGE);
    }
    List<LetterId> named = ids.stream().map(LetterId::parse).distinct().toList();
    String bootstrap = kafka.address();
    try (Letters letters = new Letters(bootstrap)) {
      List<String> topics = filter.topics(letters);
      if (topics.isEmpty()) {
        System.out.println("There are no dead letters.");
        return all ? 0 : Complaint.FAILED;
      }
      ReplayMarks.ensureTopic(bootstrap, topics.getFirst());
      try (Replayer replayer = new Replayer(bootstrap)) {
        // Only now: nobody else can mark any more.
        ReplayMarks marks = ReplayMarks.read(letters);
        return all
            ? everything(letters, topics, marks, replayer)
            : these(letters, named, marks, replayer);
      }
    }
  }

  private int these(Letters letters, List<LetterId> named, ReplayMarks marks, Replayer replayer) {
    List<Letter> wanted = new ArrayList<>();
    int missing = 0;
    for (LetterId id : named) {
      var letter = letters.find(id);
      if (letter.isEmpty()) {
        System.err.println("There is no dead letter " + id);
        missing++;
      } else if (marks.of(id).isPresent() && !again) {
        System.out.printf(
            "%s was sent again at %s already; --again sends it once more%n",
            id, marks.of(id).get());
      } else {
        wanted.add(letter.get());
      }
    }
    for (int i = 0; i < wanted.size(); i += BATCH) {
      replayer.send(wanted.subList(i, Math.min(wanted.size(), i + BATCH)));
    }
    wanted.forEach(letter ->
        System.out.printf(
            "%s was sent to %s for %s%n", letter.id(), letter.topic(), letter.group()));
    return missing == 0 ? 0 : Complaint.FAILED;
  }

  private int everything(
      Letters letters, List<String> topics, ReplayMarks marks, Replayer replayer) {
    List<Letter> batch = new ArrayList<>();
    int[] count = {0, 0};
    letters.each(
        topics,
        letter -> {
          if (!filter.matches(letter)) {
            return;
          }
          if (marks.of(letter.id()).isPresent() && !again) {
            count[1]++;
            return;
          }
          count[0]++;
          batch.add(letter);
          if (batch.size() == BATCH) {
            replayer.send(batch);
            batch.clear();
          }
        });
    if (!batch.isEmpty()) {
      replayer.send(batch);
    }
    System.out.printf("%d dead letters were sent again%n", count[0]);
    if (count[1] > 0) {
      System.out.printf("%d had been before; --again sends them once more%n", count[1]);
    }
    return 0;
  }
}
