package org.regionalpacs.webworker.reindex;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.index.QueryTag;
import org.regionalpacs.index.QueryTagIndexing.Place;
import org.regionalpacs.index.QueryTagIndexing.Read;
import org.regionalpacs.index.QueryTagLevel;
import org.regionalpacs.index.QueryTagReader;
import org.regionalpacs.index.QueryTagReading;
import org.regionalpacs.index.QueryTagWriter;
import org.regionalpacs.webworker.reindex.StoredHeader.Found;
import org.regionalpacs.webworker.reindex.StoredHeader.Unreadable;

/**
 * Reads the objects of a series for tags, in the order of reception: of a study or a series the
 * first value counts, so that one header is enough for most.
 */
final class SeriesReading {

  /** UUIDv7 are ordered by time when compared unsigned. */
  private static final Comparator<InstanceObject> BY_RECEPTION =
      Comparator.comparing(InstanceObject::receptionId, SeriesReading::unsigned);

  private final InstanceObjects instances;
  private final QueryTagWriter writer;
  private final StoredHeader headers;
  private final Pace pace;
  private final int slice;

  SeriesReading(
      InstanceObjects instances,
      QueryTagWriter writer,
      StoredHeader headers,
      Pace pace,
      int slice) {
    this.instances = instances;
    this.writer = writer;
    this.headers = headers;
    this.pace = pace;
    this.slice = slice;
  }

  /** What became of a series. */
  enum Result {
    DONE,
    /** Some objects couldn't be reached. */
    UNREACHABLE,
    /** The tags are others by now. */
    STALE
  }

  /** Kept of a series while it is read: the tags that still need a value. */
  private static final class Wanted {
    private List<QueryTag> tags;

    Wanted(List<QueryTag> tags) {
      this.tags = tags;
    }

    void without(List<QueryTagReading> readings) {
      List<QueryTag> found =
          readings.stream()
              .filter(QueryTagReading::found)
              .map(QueryTagReading::tag)
              .filter(tag -> tag.level() != QueryTagLevel.INSTANCE)
              .toList();
      if (!found.isEmpty()) {
        tags = tags.stream().filter(tag -> !found.contains(tag)).toList();
      }
    }
  }

  /**
   * Reads a series.
   *
   * @param generation of the tags
   * @param progress is run after each slice of objects
   */
  Result read(Place series, List<QueryTag> tags, long generation, Runnable progress)
      throws InterruptedException {
    List<InstanceObject> objects =
        instances.ofSeries(series.tenant(), series.study(), series.series()).stream()
            .sorted(BY_RECEPTION)
            .toList();
    Result result = Result.DONE;
    writer.begin(series, tags);
    Wanted wanted = new Wanted(tags);
    List<Read> slice = new ArrayList<>();
    for (InstanceObject object : objects) {
      if (wanted.tags.isEmpty()) {
        break;
      }
      pace.step();
      List<QueryTagReading> readings =
          switch (headers.read(object)) {
            case Found found -> QueryTagReader.read(wanted.tags, found.header());
            case Unreadable not -> {
              result = not.lasting() ? result : Result.UNREACHABLE;
              yield wanted.tags.stream()
                  .map(tag -> QueryTagReading.unread(tag, not.reason()))
                  .toList();
            }
          };
      wanted.without(readings);
      slice.add(new Read(object.sop(), object.receptionId(), readings));
      if (slice.size() == this.slice) {
        if (!writer.write(generation, series, slice)) {
          return Result.STALE;
        }
        slice.clear();
        progress.run();
      }
    }
    return slice.isEmpty() || writer.write(generation, series, slice) ? result : Result.STALE;
  }

  private static int unsigned(UUID one, UUID other) {
    int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
  }
}
