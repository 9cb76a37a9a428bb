package org.regionalpacs.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "study",
    description = "A whole series by WADO-RS, against Orthanc and nginx.",
    mixinStandardHelpOptions = true)
final class StudyCommand extends CompareCommand {
  private static final String ACCEPT =
      "multipart/related; type=\"application/dicom\"; transfer-syntax=*";
  private static final String FILE = "series";
  private static final WebCase ONE = WebCase.ofBytes("whole series", 1);
  private static final WebCase SOME = WebCase.ofBytes("whole series", 4);
  private static final WebCase MANY = WebCase.ofBytes("whole series", 16);
  private static final List<Goal> GOALS =
      List.of(
          Goal.atLeast(ONE.rate(), Peer.ORTHANC, 1.5), Goal.atLeast(ONE.rate(), Peer.NGINX, 0.5));

  @Mixin WebOptions web;

  StudyCommand() {
    super(Peer.ORTHANC, Peer.NGINX);
  }

  @Override
  void compare(Contest contest) throws IOException, InterruptedException {
    MadeStudy study = new StudyMaker(StudyMaker.SIDE, "STUDY").studies(1, web.images).getFirst();
    StoredStudy.store(contest, List.of(study));
    if (contest.nginx().isPresent()) {
      write(contest.nginx().get(), study);
    }
    WebTrial.Calls calls = who -> List.of(call(who, study));
    for (Server who : contest.servers()) {
      checkBytes(who, calls.of(who).getFirst(), study);
    }
    WebTrial trial = new WebTrial(contest, web);
    trial.warmUp(SOME, calls);
    trial.warmUp(ONE, calls);
    for (int round = 0; round < options.rounds; round++) {
      trial.round(ONE, calls);
      trial.round(SOME, calls);
    }
    String memory = memory(contest.product(), calls.of(contest.product()));
    new Report("Whole series", method(), GOALS)
        .write(contest, List.of(memory), options.results("study"));
  }

  private static HttpCall call(Server who, MadeStudy study) {
    return who instanceof Nginx
        ? HttpCall.of("/" + FILE, "*/*")
        : HttpCall.of(study.seriesPath(), ACCEPT);
  }

  /** A file as long as the series. */
  private static void write(Nginx nginx, MadeStudy study) throws IOException {
    try (OutputStream out = Files.newOutputStream(nginx.files().resolve(FILE))) {
      for (MadeImage image : study.images()) {
        image.open().transferTo(out);
      }
    }
  }

  /** Everybody must give all pixels that were sent, in whatever order. */
  private static void checkBytes(Server who, HttpCall call, MadeStudy study) throws IOException {
    PixelCount pixels = new PixelCount(study.images().getFirst().pixels());
    try (HttpConnection connection = HttpConnection.to(who.http())) {
      HttpAnswer answer = connection.ask(call.bytes(who.http()), pixels);
      long expected =
          study.images().stream()
              .filter(image -> image.pixels() == study.images().getFirst().pixels())
              .count();
      if (answer.status() != 200 || answer.length() < study.size() || pixels.found() != expected) {
        throw new IOException(
            "%s doesn't give the whole series: status %d, %d bytes, %d of %d times the first image"
                .formatted(who.name(), answer.status(), answer.length(), pixels.found(), expected));
      }
    }
  }

  /** Not in a turn that counts: looking costs. */
  private String memory(Product product, List<HttpCall> calls)
      throws IOException, InterruptedException {
    StringBuilder told = new StringBuilder("memory of the product's services:");
    for (WebCase each : List.of(ONE, MANY)) {
      ServiceMemory memory = new ServiceMemory(product);
      Thread watch = memory.watch();
      new HttpLoad(product.http()).run(calls, each.clients(), web.time());
      watch.interrupt();
      watch.join();
      memory.look();
      told.append(" %s: %s;".formatted(each.title(), memory.shown()));
    }
    return told.append(" the heap may have 512 MB").toString();
  }

  private String method() {
    return """
    A series of %d CT images of 525 KB, `Accept: %s`; checked once to have the pixels that were sent, then by status and
    length. nginx serves a file of the same size. A turn takes %s s and ends with the last whole answer, %d rounds;
    before, the product is asked for %s s for each number of clients, its peers for 1 s.\
    """
        .formatted(
            web.images,
            ACCEPT,
            Figures.number(web.seconds),
            options.rounds,
            Figures.number(web.warmUpSeconds));
  }
}
