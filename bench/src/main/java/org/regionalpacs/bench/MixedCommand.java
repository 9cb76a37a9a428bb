package org.regionalpacs.bench;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "mixed",
    description = "Images arriving while others read frames and study lists, against Orthanc.",
    mixinStandardHelpOptions = true)
final class MixedCommand extends CompareCommand {
  private static final int ASSOCIATIONS = 4;

  /** Turns of the product that don't count. */
  private static final int WARM_UPS = 3;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "125",
      description = "Images an association, at most 1000 (default: ${DEFAULT-VALUE}).")
  int images = 125;

  MixedCommand() {
    super(Peer.ORTHANC);
  }

  @Override
  void compare(Contest contest) throws IOException, InterruptedException {
    StudyMaker maker = new StudyMaker(StudyMaker.SIDE, "MIXED");
    MadeStudy read = maker.studies(1, images).getFirst();
    StoredStudy.store(contest, List.of(read));
    MixedTrial trial = new MixedTrial(contest, read);
    for (int i = 0; i < WARM_UPS; i++) {
      trial.turn(contest.product(), maker.studies(ASSOCIATIONS, images), (_, _) -> {});
    }
    for (int round = 0; round < options.rounds; round++) {
      for (Archive archive : contest.archives()) {
        Turn turn =
            trial.turn(
                archive,
                maker.studies(ASSOCIATIONS, images),
                (measure, value) -> contest.figures().add(measure, archive, value));
        contest.costs().add("image, with all that was read", archive, sent(), turn);
      }
    }
    new Report("Images arrive while others read", method(), List.of())
        .write(contest, List.of(), options.results("mixed"));
  }

  private int sent() {
    return ASSOCIATIONS * images;
  }

  private String method() {
    return """
    %d associations with a study of %d CT images of 525 KB each; until all are accepted, %d clients read random frames of
    another study and %d the study list of OHIF, each asking again at once. So the faster one takes images, the shorter is the time in which it
    is read from. A turn ends when nothing is left to do; %d rounds, before them %d turns of the product and none of Orthanc.\
    """
        .formatted(
            ASSOCIATIONS,
            images,
            MixedTrial.FRAME_CLIENTS,
            MixedTrial.LIST_CLIENTS,
            options.rounds,
            WARM_UPS);
  }
}
