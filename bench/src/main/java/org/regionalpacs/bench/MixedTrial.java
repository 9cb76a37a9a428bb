package org.regionalpacs.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends studies to an archive while others read from it. */
final class MixedTrial {
  static final int FRAME_CLIENTS = 6;
  static final int LIST_CLIENTS = 2;

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Reading FRAMES = new Reading("frames meanwhile", FRAME_CLIENTS);
  private static final Reading LISTS = new Reading("study lists meanwhile", LIST_CLIENTS);

  private final Turns turns;
  private final MadeStudy read;

  /**
   * @param read a study that all archives have
   */
  MixedTrial(Contest contest, MadeStudy read) {
    this.turns = contest.turns();
    this.read = read;
  }

  private record Reading(String what, int clients) {
    void tell(HttpLoad.Result result, IngestTrial.Sink sink) {
      sink.add(Measure.rate(what, "answers/s"), result.rate());
      sink.add(Measure.time(what + ", median"), result.latencies().percentile(50));
      sink.add(Measure.time(what + ", 95 % within"), result.latencies().percentile(95));
    }
  }

  /** A turn, which ends when nothing is left to do. */
  Turn turn(Archive who, List<MadeStudy> studies, IngestTrial.Sink figures)
      throws IOException, InterruptedException {
    Turns.flushDisk();
    return turns.take(
        who,
        () -> {
          sendAndRead(who, studies, figures);
          Turns.settle(who);
        });
  }

  private void sendAndRead(Archive who, List<MadeStudy> studies, IngestTrial.Sink figures)
      throws IOException, InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<HttpLoad.Result> frames =
          threads.submit(reader(who, FramesCommand.calls(who, read), FRAMES, done));
      Future<HttpLoad.Result> lists =
          threads.submit(reader(who, List.of(OhifSearch.list().changing()), LISTS, done));
      try {
        long start = System.nanoTime();
        IngestTrial.send(who.dicom(), studies);
        double seconds = (System.nanoTime() - start) / 1e9;
        figures.add(IngestTrial.ACCEPTED, IngestTrial.images(studies) / seconds);
      } finally {
        done.set(true);
      }
      FRAMES.tell(frames.get(), figures);
      LISTS.tell(lists.get(), figures);
    } catch (ExecutionException e) {
      throw new IOException("reading failed: " + e.getCause().getMessage(), e);
    }
  }

  private static Callable<HttpLoad.Result> reader(
      Archive who, List<HttpCall> calls, Reading reading, AtomicBoolean done) {
    return () -> new HttpLoad(who.http()).run(calls, reading.clients(), done::get, LIMIT);
  }
}
