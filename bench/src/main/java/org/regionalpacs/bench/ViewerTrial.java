package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Studies opened in the viewer, of one archive after the other. */
final class ViewerTrial {
  private static final Duration MOST_AFTER_ANSWERS = Duration.ofSeconds(5);

  /** Connections of a browser. */
  private static final int CLIENTS = 6;

  private static final Duration WARM_UP = Duration.ofSeconds(6);

  /** Visits until a browser has the viewer's files and what it compiled of them. */
  private static final int VISITS = 2;

  private final Contest contest;
  private final ViewerBrowser browser;
  private final ViewerLines lines;
  private final MadeStudy study;
  private final MadeStudy before;
  private final Path folder;
  private final Turns turns;
  private final Map<String, String> loaded = new LinkedHashMap<>();

  /**
   * @param study that is opened
   * @param before another one, small, which browsers open before
   */
  ViewerTrial(
      Contest contest, ViewerBrowser browser, ViewerLines lines, MadeStudy study, MadeStudy before)
      throws IOException {
    this.contest = contest;
    this.browser = browser;
    this.lines = lines;
    this.study = study;
    this.before = before;
    this.folder = contest.folder("browser");
    this.turns = contest.turns();
  }

  /** Everybody's turn that doesn't count; who gets faster with use is asked for frames before. */
  void warmUp() throws IOException {
    for (Archive archive : contest.archives()) {
      if (archive.warmsUp()) {
        new HttpLoad(archive.http()).run(FramesCommand.calls(archive, study), CLIENTS, WARM_UP);
      }
      int port = lines.port(archive, ViewerLine.UNSHAPED);
      browser.open(port, study.study(), study.images().size(), List.of(), folder);
      Turns.settle(archive, MOST_AFTER_ANSWERS);
    }
  }

  /** Everybody's turns on a line. */
  void round(ViewerLine line) throws IOException, InterruptedException {
    for (Archive archive : contest.archives()) {
      OpenedStudy opened = turn(archive, line, List.of(), 0, "first visit");
      contest.figures().add(line.firstEver(), archive, opened.firstMillis());
      preview(line.previewEver(), archive, opened);
    }
    for (Archive archive : contest.archives()) {
      if (archive instanceof Product) {
        OpenedStudy opened =
            turn(archive, line, List.of(ViewerBrowser.START_PAGE), 0, "from the start page");
        contest.figures().add(line.fromStartPage(), archive, opened.firstMillis());
      }
    }
    List<String> visits = Collections.nCopies(VISITS, before.study());
    for (Archive archive : contest.archives()) {
      OpenedStudy opened = turn(archive, line, visits, study.images().size(), "visits before");
      contest.figures().add(line.first(), archive, opened.firstMillis());
      preview(line.preview(), archive, opened);
      contest.figures().add(line.last(), archive, opened.lastMillis().orElseThrow());
    }
  }

  private void preview(Measure measure, Archive archive, OpenedStudy opened) {
    opened.previewMillis().ifPresent(millis -> contest.figures().add(measure, archive, millis));
  }

  private OpenedStudy turn(
      Archive archive, ViewerLine line, List<String> visits, int frames, String how)
      throws IOException, InterruptedException {
    int port = lines.port(archive, line);
    List<OpenedStudy> held = new ArrayList<>();
    Turn turn =
        turns.take(
            archive,
            () -> {
              held.add(browser.open(port, study.study(), frames, visits, folder));
              Turns.settle(archive, MOST_AFTER_ANSWERS);
            });
    OpenedStudy opened = held.getFirst();
    contest.costs().add("study opened, %s, %s".formatted(how, line.shown()), archive, 1, turn);
    loaded.put("%s, %s".formatted(archive.name(), how), opened.shown());
    return opened;
  }

  /** What was loaded until the first image, for people. */
  List<String> loaded() {
    return loaded.entrySet().stream()
        .map(each -> "until the first image, %s: %s".formatted(each.getKey(), each.getValue()))
        .toList();
  }
}
