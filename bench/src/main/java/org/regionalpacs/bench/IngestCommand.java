package org.regionalpacs.bench;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "ingest",
    description =
        "C-STORE until images are durable, searchable and archived, against Orthanc and storescp.",
    mixinStandardHelpOptions = true)
final class IngestCommand extends CompareCommand {
  private static final List<Goal> GOALS =
      List.of(
          Goal.atLeast(IngestTrial.ACCEPTED, Peer.ORTHANC, 8),
          Goal.atLeast(IngestTrial.ACCEPTED, Peer.STORESCP, 0.5),
          Goal.atLeast(IngestTrial.SEARCHABLE, Peer.ORTHANC, 6));

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "250",
      description = "Images an association, at most 1000 (default: ${DEFAULT-VALUE}).")
  int images = 250;

  @Option(
      names = "--associations",
      paramLabel = "N",
      defaultValue = "4",
      description = "Associations at a time, a study each (default: ${DEFAULT-VALUE}).")
  int associations = 4;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "16000",
      description = "Images that the product gets before (default: ${DEFAULT-VALUE}).")
  int warmUp = 16_000;

  IngestCommand() {
    super(Peer.ORTHANC, Peer.STORESCP);
  }

  @Override
  void compare(Contest contest) throws IOException, InterruptedException {
    StudyMaker maker = new StudyMaker(StudyMaker.SIDE, "BENCH");
    IngestTrial trial = new IngestTrial(contest.turns());
    warmUp(contest, trial, maker);
    for (int round = 0; round < options.rounds; round++) {
      for (Contender who : contest.all()) {
        Turn turn =
            turn(trial, who, maker, (measure, value) -> contest.figures().add(measure, who, value));
        contest.costs().add("image", who, associations * images, turn);
      }
    }
    new Report("Ingest", method(), GOALS).write(contest, List.of(), options.results("ingest"));
  }

  private void warmUp(Contest contest, IngestTrial trial, StudyMaker maker)
      throws IOException, InterruptedException {
    int rounds = Math.ceilDiv(warmUp, associations * images);
    for (Contender who : contest.all()) {
      for (int i = 0; i < (who.warmsUp() ? rounds : 1); i++) {
        turn(trial, who, maker, (_, _) -> {});
      }
    }
  }

  private Turn turn(IngestTrial trial, Contender who, StudyMaker maker, IngestTrial.Sink rates)
      throws IOException, InterruptedException {
    List<MadeStudy> studies = maker.studies(associations, images);
    return switch (who) {
      case Archive archive -> trial.archive(archive, studies, rates);
      case Storescp storescp -> trial.files(storescp, studies, rates);
      default -> throw new IllegalStateException(who.name() + " takes no images");
    };
  }

  private String method() {
    return """
    %d associations at once, each with a study of %d CT images of 525 KB that was never sent before, by the product's own
    C-STORE SCU from memory. Accepted: the last answer. Searchable: QIDO-RS finds the last image of each study and some
    before it. Archived: the archive has all of them. The product gets at least %d images before, since a JVM is slow
    until then, the others one round. A turn begins with an empty write-back cache (`sync`) and ends when nothing is left to do, so that
    time of processors has what is done after the answers; %d rounds.\
    """
        .formatted(associations, images, warmUp, options.rounds);
  }
}
