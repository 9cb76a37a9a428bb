package org.regionalpacs.bench;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.regionalpacs.dicom.net.RemoteAe;

/** Studies sent to somebody, each on an association of its own, all at once. */
final class IngestTrial {
  static final Measure ACCEPTED = Measure.rate("accepted", "images/s");
  static final Measure SEARCHABLE = Measure.rate("searchable", "images/s");
  static final Measure ARCHIVED = Measure.rate("archived", "images/s");

  private static final long LONGEST_NANOS = 600_000_000_000L;
  private static final int LOOK_MILLIS = 20;
  private static final int SAMPLES = 8;

  private final Turns turns;

  IngestTrial(Turns turns) {
    this.turns = turns;
  }

  /** What is done with a result. */
  interface Sink {
    void add(Measure measure, double value);
  }

  /**
   * A turn of an archive, which ends when nothing is left to do.
   *
   * @param rates gets how many images a second were accepted, searchable, and archived by the
   *     product
   */
  Turn archive(Archive who, List<MadeStudy> studies, Sink rates)
      throws IOException, InterruptedException {
    int images = images(studies);
    long archivedBefore = who instanceof Product product ? product.archived() : 0;
    Turns.flushDisk();
    Turn turn =
        turns.take(
            who,
            () -> {
              long start = System.nanoTime();
              send(who.dicom(), studies);
              rates.add(ACCEPTED, images / seconds(start));
              try (Web web = Web.to(who.http())) {
                for (MadeStudy study : studies) {
                  awaitSearchable(web, study, start);
                }
              }
              rates.add(SEARCHABLE, images / seconds(start));
              if (who instanceof Product product) {
                awaitArchived(product, archivedBefore + images, start);
                rates.add(ARCHIVED, images / seconds(start));
              }
              Turns.settle(who);
            });
    checkComplete(who, studies);
    return turn;
  }

  /** A turn of somebody who has no index. */
  Turn files(Storescp who, List<MadeStudy> studies, Sink rates)
      throws IOException, InterruptedException {
    Turns.flushDisk();
    Turn turn =
        turns.take(
            who,
            () -> {
              long start = System.nanoTime();
              send(who.dicom(), studies);
              rates.add(ACCEPTED, images(studies) / seconds(start));
            });
    who.clear(images(studies));
    return turn;
  }

  static void send(RemoteAe remote, List<MadeStudy> studies)
      throws IOException, InterruptedException {
    new PacsSender().sendImages(remote, studies.stream().map(MadeStudy::images).toList());
  }

  static int images(List<MadeStudy> studies) {
    return studies.stream().mapToInt(study -> study.images().size()).sum();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Looks for the last image, which comes last, and for some before it. */
  static void awaitSearchable(Web web, MadeStudy study, long start) throws IOException {
    int last = study.images().size() - 1;
    List<Integer> samples =
        IntStream.rangeClosed(0, SAMPLES)
            .mapToObj(i -> last - last * i / SAMPLES)
            .distinct()
            .toList();
    for (int sample : samples) {
      String path =
          Archive.ROOT + "/instances?SOPInstanceUID=" + study.images().get(sample).sopInstance();
      while (web.results(path) == 0) {
        giveUp(start, "searchable");
        Pause.millis(LOOK_MILLIS);
      }
    }
  }

  private static void awaitArchived(Product product, long expected, long start) throws IOException {
    while (product.archived() < expected) {
      giveUp(start, "archived");
      Pause.millis(10 * LOOK_MILLIS);
    }
  }

  private static void giveUp(long start, String what) throws IOException {
    if (System.nanoTime() - start > LONGEST_NANOS) {
      throw new IOException("not everything was " + what + " after ten minutes");
    }
  }

  private static void checkComplete(Archive who, List<MadeStudy> studies) throws IOException {
    try (Web web = Web.to(who.http())) {
      for (MadeStudy study : studies) {
        int found = web.results(study.path() + "/instances?limit=1000");
        if (found != study.images().size()) {
          throw new IOException(
              "%s finds %d of the %d images of a study"
                  .formatted(who.name(), found, study.images().size()));
        }
      }
    }
  }
}
