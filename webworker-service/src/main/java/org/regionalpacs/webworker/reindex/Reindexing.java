package org.regionalpacs.webworker.reindex;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.index.QueryTag;
import org.regionalpacs.index.QueryTagIndexing;
import org.regionalpacs.index.QueryTagIndexing.Place;
import org.regionalpacs.index.QueryTagIndexing.Stretch;
import org.regionalpacs.index.QueryTagIndexing.Waiting;
import org.regionalpacs.index.QueryTagSet;
import org.regionalpacs.index.QueryTags;
import org.regionalpacs.webworker.reindex.SeriesReading.Result;

/**
 * Reads what is stored for query tags, in stretches of series with a mark behind the last one that
 * is done: who is killed goes on there, or another does when the lease has run out. A series some
 * of whose objects can't be reached waits and is read again.
 */
final class Reindexing {
  private static final int REMOVED_AT_ONCE = 5000;
  private static final int LONGEST_PAUSE = 10;

  private final QueryTags tags;
  private final QueryTagIndexing indexing;
  private final SeriesReading reading;
  private final ReindexProperties properties;
  private final Counter read;
  private volatile QueryTagSet known = QueryTagSet.NONE;
  private int unreachable;

  Reindexing(
      QueryTags tags,
      QueryTagIndexing indexing,
      SeriesReading reading,
      ReindexProperties properties,
      MeterRegistry meters) {
    this.tags = tags;
    this.indexing = indexing;
    this.reading = reading;
    this.properties = properties;
    this.read =
        Counter.builder("pacs.reindex.series")
            .description("Series read for query tags")
            .register(meters);
  }

  /** Works until nothing is to be had; ends at the next series when its thread is interrupted. */
  void workOff() throws InterruptedException {
    boolean more = true;
    while (more) {
      known = tags.since(known);
      if (known.generation() == 0) {
        return;
      }
      int removed = indexing.removeDeleted(REMOVED_AT_ONCE);
      int again = readAgain();
      boolean stretch = readStretch();
      more = removed > 0 || again > 0 || stretch;
    }
  }

  private int readAgain() throws InterruptedException {
    List<Waiting> due = indexing.takeWaiting(properties.batch(), properties.lease());
    for (Waiting waiting : due) {
      // Nothing but its lease says that it is being read.
      Runnable renewal = () -> indexing.postpone(waiting.place(), properties.lease());
      switch (read(waiting.place(), known.of(waiting.place().tenant()), renewal)) {
        case DONE -> indexing.done(waiting);
        case UNREACHABLE -> indexing.postpone(waiting.place(), properties.rest(waiting.attempts()));
        case STALE -> {
          // The lease runs out, and it is read for the tags that there are then.
          known = tags.since(known);
        }
      }
    }
    return due.size();
  }

  private boolean readStretch() throws InterruptedException {
    Optional<Stretch> taken = indexing.take(properties.batch(), properties.lease());
    if (taken.isEmpty()) {
      return false;
    }
    Stretch stretch = taken.get();
    List<QueryTag> wanted = wanted(stretch);
    for (Place series : stretch.series()) {
      Result result = read(series, wanted, () -> indexing.hold(stretch, properties.lease()));
      if (result == Result.STALE || wanted.isEmpty()) {
        known = tags.since(known);
        wanted = wanted(stretch);
        result = read(series, wanted, () -> indexing.hold(stretch, properties.lease()));
      }
      if (result == Result.STALE) {
        break;
      }
      if (result == Result.UNREACHABLE) {
        indexing.postpone(series, properties.retry());
      }
      indexing.done(stretch, series, properties.lease());
    }
    indexing.release(stretch);
    return true;
  }

  private List<QueryTag> wanted(Stretch stretch) {
    Set<Integer> ids = stretch.tags();
    return known.of(stretch.tenant()).stream().filter(tag -> ids.contains(tag.id())).toList();
  }

  private Result read(Place series, List<QueryTag> wanted, Runnable progress)
      throws InterruptedException {
    if (wanted.isEmpty()) {
      return Result.DONE;
    }
    Result result = reading.read(series, wanted, known.generation(), progress);
    read.increment();
    // Where all of a store is away, asking it for every object only makes it worse.
    unreachable = result == Result.UNREACHABLE ? Math.min(unreachable + 1, LONGEST_PAUSE) : 0;
    TimeUnit.SECONDS.sleep(unreachable);
    return result;
  }
}
