package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a contest found, in Markdown. */
final class Report {
  private final String title;
  private final String method;
  private final List<Goal> goals;

  /**
   * @param method how it was measured, some sentences
   * @param goals what is to be reached
   */
  Report(String title, String method, List<Goal> goals) {
    this.title = title;
    this.method = method;
    this.goals = goals;
  }

  /** Shows it, and writes it to a file where one is given. */
  void write(Contest contest, List<String> remarks, Optional<Path> file) throws IOException {
    List<String> notes = new ArrayList<>(remarks);
    contest.all().forEach(each -> notes.addAll(each.setting()));
    notes.addAll(contest.leftOut());
    String text = text(contest, notes);
    System.out.println(text);
    if (file.isPresent()) {
      Files.createDirectories(file.get().toAbsolutePath().getParent());
      Files.writeString(file.get(), text);
    }
  }

  private String text(Contest contest, List<String> notes) throws IOException {
    return """
    # %s

    %s. %s Contenders take turns, round by round, and all others have nothing to do meanwhile;
    ratios are taken round by round.

    %s
    ## Time of processors

    Medians of the rounds, from `/proc`, of all processes of a contender.

    %s
    ## How

    %s
    Load of the machine before: %s, after: %s (processes that want to run, average of a minute).

    ## Machine
    %s\
    """
        .formatted(
            title,
            LocalDate.now(),
            method,
            contest.figures().table(goals),
            contest.costs().table(),
            String.join("", notes.stream().map(note -> "- " + note + "\n").toList()),
            contest.loadBefore(),
            Machine.load(),
            Machine.describe(versions(contest)));
  }

  private static List<String> versions(Contest contest) throws IOException {
    List<String> versions = new ArrayList<>();
    for (Peer peer : Peer.values()) {
      boolean takesPart = contest.all().stream().anyMatch(each -> each.name().equals(peer.shown()));
      if (takesPart) {
        String program = peer.installed().orElseThrow().toString();
        String option = peer == Peer.NGINX ? "-v" : "--version";
        versions.add(Machine.firstLine(program, option));
      }
    }
    return versions;
  }
}
