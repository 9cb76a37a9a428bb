package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "viewer",
    description = "A CT opened in the viewer by a click, over slow lines, against Orthanc.",
    mixinStandardHelpOptions = true)
final class ViewerCommand extends CompareCommand {
  /** Images of the study that browsers open before. */
  private static final int FEW = 5;

  private static final double SOON_MILLIS = 1500;
  private static final List<Goal> GOALS =
      List.of(
          Goal.within(ViewerLine.UNSHAPED.previewEver(), SOON_MILLIS),
          Goal.within(ViewerLine.UNSHAPED.preview(), SOON_MILLIS),
          Goal.within(ViewerLine.UNSHAPED.firstEver(), SOON_MILLIS),
          Goal.within(ViewerLine.UNSHAPED.fromStartPage(), SOON_MILLIS),
          Goal.within(ViewerLine.UNSHAPED.first(), SOON_MILLIS));

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "250",
      description = "Images of the study, at most 1000 (default: ${DEFAULT-VALUE}).")
  int images = 250;

  @Option(
      names = "--links",
      paramLabel = "MBIT/S",
      split = ",",
      defaultValue = "20,50,100",
      description = "Rates of the lines, beside one that isn't shaped (default: ${DEFAULT-VALUE}).")
  List<Integer> links = List.of(20, 50, 100);

  @Option(
      names = "--delay",
      paramLabel = "MS",
      defaultValue = "20",
      description = "Time of a round trip on them (default: ${DEFAULT-VALUE}).")
  int delay = 20;

  private Optional<ViewerBrowser> browser = Optional.empty();

  ViewerCommand() {
    super(Peer.ORTHANC);
  }

  @Override
  void prepare() throws IOException {
    ViewerFiles.require();
    if (Peer.ORTHANC.installed().isPresent() && Peer.NGINX.installed().isEmpty()) {
      throw new IOException(
          "Orthanc's viewer comes from nginx: apt-get install " + Peer.NGINX.debianPackage());
    }
    Path home = Path.of(System.getProperty(Product.HOME, "."));
    browser = Optional.of(ViewerBrowser.install(home.resolve("bench")));
  }

  @Override
  void compare(Contest contest) throws IOException, InterruptedException {
    StudyMaker maker = StudyMaker.ofBodies("VIEWER");
    MadeStudy study = maker.studies(1, images).getFirst();
    MadeStudy before = maker.studies(1, FEW).getFirst();
    StoredStudy.store(contest, List.of(study, before));
    Map<String, Integer> ports = new LinkedHashMap<>();
    List<ViewerSite> sites = new ArrayList<>();
    try {
      for (Archive archive : contest.archives()) {
        ports.put(archive.name(), viewer(contest, archive, sites));
      }
      try (ViewerLines ends = ViewerLines.open(ports, lines(), Duration.ofMillis(delay))) {
        measure(contest, new ViewerTrial(contest, browser.orElseThrow(), ends, study, before));
      }
    } finally {
      sites.forEach(ViewerSite::close);
    }
  }

  /** The port of an archive's viewer, which is made where it has none. */
  private static int viewer(Contest contest, Archive archive, List<ViewerSite> sites)
      throws IOException {
    if (archive instanceof Product) {
      return archive.http();
    }
    ViewerSite site =
        ViewerSite.start(contest.product().http(), archive.http(), contest.folder("site"));
    sites.add(site);
    return site.port();
  }

  private List<ViewerLine> lines() {
    return Stream.concat(links.stream().map(ViewerLine::new), Stream.of(ViewerLine.UNSHAPED))
        .toList();
  }

  private void measure(Contest contest, ViewerTrial trial)
      throws IOException, InterruptedException {
    trial.warmUp();
    for (int round = 0; round < options.rounds; round++) {
      for (ViewerLine line : lines()) {
        trial.round(line);
      }
    }
    List<String> remarks = new ArrayList<>(trial.loaded());
    remarks.add("what the product sends: " + sent());
    remarks.add("Orthanc: sends frames in gzip, as it does unless told otherwise");
    remarks.add("browser: " + browser.orElseThrow().version());
    new Report("A study in the viewer", method(), GOALS)
        .write(contest, remarks, options.results("viewer"));
  }

  /** By the product's own settings, which it has from here. */
  private static String sent() {
    return Optional.ofNullable(System.getenv("PACS_CONVERSION_COMPRESS"))
        .map(form ->
            "what became smaller without loss by `PACS_CONVERSION_COMPRESS=%s`".formatted(form))
        .orElse("images as they were received, its default");
  }

  private String method() {
    return """
    A CT of %d images of 525 KB, a body with the noise of a reconstruction, is opened by a click on a link to the viewer (OHIF), which opens in a new tab of a headless Chromium that
    draws in software; a browser for each time. First image: the middle of its first viewport isn't black any more. Preview: the product's page shows that
    image before the viewer does. Last image: the frames of all
    images have come, as the viewer gets them by itself. Once the browser's cache is empty; then it has opened another study twice before, as radiologists' browsers have.
    Lines are shaped by a proxy: so many bits for all connections, %d ms for each request; "this machine" isn't shaped. The same viewer is before Orthanc: page,
    configuration and files (brotli, kept for ever) are given by nginx, which passes the rest on to it; JSON goes compressed from both. %d rounds; before, each was opened once, and the product asked for its frames for 6 s.
    Time of processors is with the visits before, without the browser's and nginx'.\
    """
        .formatted(images, delay, options.rounds);
  }
}
