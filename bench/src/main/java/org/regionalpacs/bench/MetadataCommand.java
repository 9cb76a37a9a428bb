package org.regionalpacs.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "metadata",
    description = "Metadata of a series, just arrived and later, against Orthanc.",
    mixinStandardHelpOptions = true)
final class MetadataCommand extends CompareCommand {
  private static final Measure FIRST = Measure.time("first request after arrival");
  private static final WebCase ONE = WebCase.of("series metadata", 1);
  private static final WebCase MANY = WebCase.of("series metadata", 8);
  private static final List<Goal> GOALS =
      List.of(
          Goal.atLeast(FIRST, Peer.ORTHANC, 5),
          Goal.atLeast(ONE.median(), Peer.ORTHANC, 20),
          Goal.atLeast(MANY.rate(), Peer.ORTHANC, 50));

  /** Series that the product gets before. */
  private static final int WARM_UPS = 8;

  @Mixin WebOptions web;

  MetadataCommand() {
    super(Peer.ORTHANC);
  }

  @Override
  void compare(Contest contest) throws IOException, InterruptedException {
    StudyMaker maker = new StudyMaker(StudyMaker.SIDE, "META");
    WebTrial trial = new WebTrial(contest, web);
    warmUp(contest, maker, trial);
    for (int round = 0; round < options.rounds; round++) {
      MadeStudy study = maker.studies(1, web.images).getFirst();
      for (Archive archive : contest.archives()) {
        contest.figures().add(FIRST, archive, first(archive, study));
        Turns.settle(archive);
      }
      trial.round(ONE, _ -> List.of(call(study)));
      trial.round(MANY, _ -> List.of(call(study)));
    }
    new Report("Series metadata", method(), GOALS)
        .write(contest, List.of(), options.results("metadata"));
  }

  private void warmUp(Contest contest, StudyMaker maker, WebTrial trial)
      throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      first(contest.product(), maker.studies(1, web.images).getFirst());
    }
    MadeStudy study = maker.studies(1, web.images).getFirst();
    for (Archive archive : contest.archives()) {
      first(archive, study);
      Turns.settle(archive);
    }
    trial.warmUp(MANY, _ -> List.of(call(study)));
    trial.warmUp(ONE, _ -> List.of(call(study)));
  }

  private static HttpCall call(MadeStudy study) {
    // Made anew for the first and written ahead for later ones, it may be compressed otherwise.
    return HttpCall.of(study.seriesPath() + "/metadata", Web.JSON).gzipped().changing();
  }

  /** Sends a series and asks for its metadata as soon as it is found; milliseconds of that. */
  static double first(Archive archive, MadeStudy study) throws IOException, InterruptedException {
    IngestTrial.send(archive.dicom(), List.of(study));
    try (Web web = Web.to(archive.http())) {
      IngestTrial.awaitSearchable(web, study, System.nanoTime());
      long start = System.nanoTime();
      byte[] answer = web.body(call(study));
      double millis = (System.nanoTime() - start) / 1e6;
      int images = new JsonMapper().readTree(plain(answer)).size();
      if (images != study.images().size()) {
        throw new IOException(
            "%s has metadata of %d of the %d images"
                .formatted(archive.name(), images, study.images().size()));
      }
      return millis;
    }
  }

  private static byte[] plain(byte[] answer) throws IOException {
    if (answer.length == 0 || answer[0] != 0x1F) {
      return answer;
    }
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(answer))) {
      return plain.readAllBytes();
    }
  }

  private String method() {
    return """
    Each round a new series of %d CT images on one association. First request: as soon as its last image and some before it are found by
    QIDO-RS, the metadata of all of them (counted in the answer). Then turns of %s s with 1 and 8 clients on the same
    series; gzip is accepted. %d rounds; before, the product gets %d series, and is asked for %s s for each number of clients, Orthanc one
    series and 1 s.\
    """
        .formatted(
            web.images,
            Figures.number(web.seconds),
            options.rounds,
            WARM_UPS + 1,
            Figures.number(web.warmUpSeconds));
  }
}
