package org.regionalpacs.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "query",
    description = "OHIF's study list and its search for prior studies, against Orthanc.",
    mixinStandardHelpOptions = true)
final class QueryCommand extends CompareCommand {
  /** Rows and columns: pixels don't matter here. */
  private static final int SIDE = 64;

  private static final int PRIORS = 6;
  private static final int ASSOCIATIONS = 4;
  private static final WebCase LIST_ONE = WebCase.of("study list", 1);
  private static final WebCase LIST_MANY = WebCase.of("study list", 16);
  private static final WebCase PRIORS_ONE = WebCase.of("priors", 1);
  private static final WebCase PRIORS_MANY = WebCase.of("priors", 16);
  private static final List<Goal> GOALS = List.of(Goal.atLeast(LIST_MANY.rate(), Peer.ORTHANC, 10));

  @Mixin WebOptions web;

  @Option(
      names = "--studies",
      paramLabel = "N",
      defaultValue = "200",
      description = "Studies of one small image each (default: ${DEFAULT-VALUE}).")
  int studies = 200;

  QueryCommand() {
    super(Peer.ORTHANC);
  }

  @Override
  void compare(Contest contest) throws IOException, InterruptedException {
    StudyMaker maker = new StudyMaker(SIDE, "QUERY");
    List<String> patients = store(contest, maker);
    check(contest, patients);
    WebTrial trial = new WebTrial(contest, web);
    List<HttpCall> list = List.of(OhifSearch.list());
    List<HttpCall> priors = patients.stream().map(OhifSearch::priors).toList();
    trial.warmUp(LIST_MANY, _ -> list);
    trial.warmUp(PRIORS_MANY, _ -> priors);
    trial.warmUp(LIST_ONE, _ -> list);
    for (int round = 0; round < options.rounds; round++) {
      trial.round(LIST_ONE, _ -> list);
      trial.round(LIST_MANY, _ -> list);
      trial.round(PRIORS_ONE, _ -> priors);
      trial.round(PRIORS_MANY, _ -> priors);
    }
    new Report("Searches", method(), GOALS).write(contest, List.of(), options.results("query"));
  }

  /** The ids of the patients, each of whom has as many studies. */
  private List<String> store(Contest contest, StudyMaker maker)
      throws IOException, InterruptedException {
    List<MadeStudy> firsts = maker.studies(patients(), 1);
    List<MadeStudy> all = new ArrayList<>(firsts);
    for (MadeStudy first : firsts) {
      for (int prior = 1; prior < PRIORS; prior++) {
        all.add(maker.study(first.patientId(), 1));
      }
    }
    for (int from = 0; from < all.size(); from += ASSOCIATIONS) {
      List<MadeStudy> some = all.subList(from, Math.min(all.size(), from + ASSOCIATIONS));
      for (Archive archive : contest.archives()) {
        IngestTrial.send(archive.dicom(), some);
      }
    }
    StoredStudy.await(contest, all);
    return firsts.stream().map(MadeStudy::patientId).toList();
  }

  private int patients() {
    return Math.max(1, studies / PRIORS);
  }

  private void check(Contest contest, List<String> patients) throws IOException {
    for (Archive archive : contest.archives()) {
      try (Web server = Web.to(archive.http())) {
        int listed = server.results(OhifSearch.list().path());
        int priors = server.results(OhifSearch.priors(patients.getFirst()).path());
        if (listed != Math.min(OhifSearch.LIMIT, PRIORS * patients.size()) || priors != PRIORS) {
          throw new IOException(
              "%s lists %d studies and %d priors".formatted(archive.name(), listed, priors));
        }
      }
    }
  }

  private String method() {
    return """
    %d studies of one small image each, %d of each patient. The study list is the first %d, as OHIF asks for it when it
    starts: all ask for the same, and the product looks once for those who ask at the same time. Priors are all studies of a
    patient, as OHIF asks when one is opened: here of any patient. gzip is accepted. A turn takes %s s, %d rounds; before, the product is asked for %s s, Orthanc for 1 s. How searches go on a million studies is told by `growth`
    and `qido`.\
    """
        .formatted(
            PRIORS * patients(),
            PRIORS,
            OhifSearch.LIMIT,
            Figures.number(web.seconds),
            options.rounds,
            Figures.number(web.warmUpSeconds));
  }
}
