package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "frames",
    description = "Random frames of a series as OHIF asks for them, against Orthanc and nginx.",
    mixinStandardHelpOptions = true)
final class FramesCommand extends CompareCommand {
  /** As OHIF sends it. */
  static final String ACCEPT =
      "multipart/related; type=application/octet-stream; transfer-syntax=*";

  private static final WebCase ONE = WebCase.of("frames", 1);
  private static final WebCase MANY = WebCase.of("frames", 16);
  private static final List<Goal> GOALS =
      List.of(
          Goal.atLeast(MANY.rate(), Peer.ORTHANC, 5), Goal.atLeast(MANY.rate(), Peer.NGINX, 0.35));

  @Mixin WebOptions web;

  FramesCommand() {
    super(Peer.ORTHANC, Peer.NGINX);
  }

  @Override
  void compare(Contest contest) throws IOException, InterruptedException {
    MadeStudy study = new StudyMaker(StudyMaker.SIDE, "FRAMES").studies(1, web.images).getFirst();
    StoredStudy.store(contest, List.of(study));
    if (contest.nginx().isPresent()) {
      write(contest.nginx().get(), study);
    }
    WebTrial.Calls calls = who -> calls(who, study);
    checkBytes(contest, study, calls);
    WebTrial trial = new WebTrial(contest, web);
    trial.warmUp(MANY, calls);
    trial.warmUp(ONE, calls);
    for (int round = 0; round < options.rounds; round++) {
      trial.round(ONE, calls);
      trial.round(MANY, calls);
    }
    new Report("Frames", method(), GOALS).write(contest, List.of(), options.results("frames"));
  }

  private static void write(Nginx nginx, MadeStudy study) throws IOException {
    for (MadeImage image : study.images()) {
      Files.write(nginx.files().resolve(image.sopInstance()), image.pixels());
    }
  }

  /** The frames of a study, one by one. */
  static List<HttpCall> calls(Server who, MadeStudy study) {
    List<HttpCall> calls = new ArrayList<>();
    for (MadeImage image : study.images()) {
      calls.add(
          who instanceof Nginx
              ? HttpCall.of("/" + image.sopInstance(), "*/*")
              : HttpCall.of(study.framePath(image), ACCEPT));
    }
    return calls;
  }

  /** Everybody must give the pixels that were sent. */
  private static void checkBytes(Contest contest, MadeStudy study, WebTrial.Calls calls)
      throws IOException {
    for (Server who : contest.servers()) {
      try (Web web = Web.to(who.http())) {
        List<HttpCall> all = calls.of(who);
        for (int i = 0; i < all.size(); i++) {
          if (!Web.contains(web.body(all.get(i)), study.images().get(i).pixels())) {
            throw new IOException(who.name() + " gives another frame than was sent");
          }
        }
      }
    }
  }

  private String method() {
    return """
    A series of %d CT images of 525 KB; frames picked at random, each checked once to be what was sent, then by status and
    length; `Accept: %s`, HTTP/1.1 kept alive. nginx serves the same pixels as files. A turn takes %s s, %d rounds;
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
