package org.regionalpacs.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "growth",
    description = "What ingest, searches and metadata cost as the archive grows.",
    mixinStandardHelpOptions = true)
final class GrowthCommand implements Callable<Integer> {
  private static final int ASSOCIATIONS = 4;

  /** A patient whom every index has. */
  private static final String PATIENT = "P77";

  private static final Measure FIRST = Measure.time("metadata of a series that just arrived");
  private static final List<WebCase> LISTS =
      List.of(WebCase.of("study list", 1), WebCase.of("study list", 16));
  private static final List<WebCase> PRIORS =
      List.of(WebCase.of("priors", 1), WebCase.of("priors", 16));

  @Mixin CompareOptions options;

  @Mixin WebOptions web;

  @Option(
      names = "--studies",
      paramLabel = "N",
      split = ",",
      defaultValue = "10000,100000,1000000",
      description =
          "Studies of each index; the first is compared with the others (default: ${DEFAULT-VALUE}).")
  List<Integer> studies = List.of();

  @Option(
      names = "--warm-up-images",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Images that each gets before (default: ${DEFAULT-VALUE}).")
  int warmUpImages = 2000;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    try (Contest contest = Contest.ofSizes(options.work, studies)) {
      compare(contest);
    }
    return 0;
  }

  private void compare(Contest contest) throws IOException, InterruptedException {
    StudyMaker maker = new StudyMaker(StudyMaker.SIDE, "GROWTH");
    WebTrial reading = new WebTrial(contest, web);
    IngestTrial sending = new IngestTrial(contest.turns());
    warmUp(contest, sending, reading, maker);
    for (int round = 0; round < options.rounds; round++) {
      for (Archive archive : contest.archives()) {
        ingest(contest, archive, sending, maker);
      }
      for (WebCase list : LISTS) {
        reading.round(list, _ -> List.of(OhifSearch.list().changing()));
      }
      for (WebCase priors : PRIORS) {
        reading.round(priors, _ -> List.of(OhifSearch.priors(PATIENT)));
      }
    }
    new Report("An archive that grows", method(), goals())
        .write(contest, List.of(), options.results("growth"));
  }

  private void warmUp(Contest contest, IngestTrial sending, WebTrial reading, StudyMaker maker)
      throws IOException, InterruptedException {
    for (Archive archive : contest.archives()) {
      for (int sent = 0; sent < warmUpImages; sent += ASSOCIATIONS * web.images) {
        sending.archive(archive, maker.studies(ASSOCIATIONS, web.images), (_, _) -> {});
      }
      MetadataCommand.first(archive, maker.studies(1, web.images).getFirst());
      Turns.settle(archive);
    }
    reading.warmUp(LISTS.getLast(), _ -> List.of(OhifSearch.list().changing()));
    reading.warmUp(PRIORS.getLast(), _ -> List.of(OhifSearch.priors(PATIENT)));
  }

  private void ingest(Contest contest, Archive archive, IngestTrial sending, StudyMaker maker)
      throws IOException, InterruptedException {
    Figures figures = contest.figures();
    Turn turn =
        sending.archive(
            archive,
            maker.studies(ASSOCIATIONS, web.images),
            (measure, value) -> figures.add(measure, archive, value));
    contest.costs().add("image", archive, ASSOCIATIONS * web.images, turn);
    MadeStudy study = maker.studies(1, web.images).getFirst();
    figures.add(FIRST, archive, MetadataCommand.first(archive, study));
    Turns.settle(archive);
  }

  private List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    String largest = Contest.sizeName(studies.getLast());
    for (List<WebCase> cases : List.of(LISTS, PRIORS)) {
      cases.forEach(each -> goals.add(Goal.atMost(each.slow(), largest, 2)));
    }
    return goals;
  }

  private String method() {
    return """
    A product for each size, all started at once on data folders of their own; their indexes are filled by SQL as ten years of a region leave them:
    two studies a patient, two series a study, an instance a series, and a query tag. Each round: %d associations with a study of %d CT images of 525 KB
    each; the metadata of one more series as soon as it is found; OHIF's study list and its search for
    the priors of a patient, %s s each. %d rounds; before, each gets at least %d images and is asked for %s s for either search.\
    """
        .formatted(
            ASSOCIATIONS,
            web.images,
            Figures.number(web.seconds),
            options.rounds,
            warmUpImages,
            Figures.number(web.warmUpSeconds));
  }
}
