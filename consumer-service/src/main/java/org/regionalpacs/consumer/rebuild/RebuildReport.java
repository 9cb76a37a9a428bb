package org.regionalpacs.consumer.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a rebuild has found and done so far. */
public final class RebuildReport {
  private static final Logger LOG = LoggerFactory.getLogger(RebuildReport.class);

  /** So many lines of trouble are shown; all are in the log. */
  private static final int SHOWN = 50;

  private final RebuildObserver observer;
  long deletions;
  long online;
  long archived;
  long dead;
  long renditions;
  long withoutBlob;
  private long troubles;

  RebuildReport(RebuildObserver observer) {
    this.observer = observer;
  }

  RebuildObserver observer() {
    return observer;
  }

  /** Something can't be indexed as it should be. */
  void trouble(String line) {
    LOG.error("Rebuild: {}", line);
    troubles++;
    if (troubles <= SHOWN) {
      observer.trouble(line);
    } else if (troubles == SHOWN + 1) {
      observer.trouble("and more, which is in the log only");
    }
  }

  /** Objects whose files are in the online store. */
  public long online() {
    return online;
  }

  /** Objects that only archives have. */
  public long archived() {
    return archived;
  }

  /** Objects that were found and are deleted: what is left of them is to be removed. */
  public long dead() {
    return dead;
  }

  /** Deletions that the journal knew and the index didn't. */
  public long deletions() {
    return deletions;
  }

  /** Renditions. */
  public long renditions() {
    return renditions;
  }

  /** Ids in the catalogue that nothing is behind: deleted since, or lost. */
  public long withoutBlob() {
    return withoutBlob;
  }

  /** Things that can't be indexed as they should be. */
  public long troubles() {
    return troubles;
  }

  /**
   * What came of it, for the operator.
   *
   * @param seconds that it took
   * @param log where all of what is wrong is
   */
  public List<String> summary(String seconds, Object log) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            """
            The index is built again, in %s s: %,d objects that are online, %,d that only the archive has, %,d renditions.
            %,d deletions were in the journal only; of deleted objects %,d files and copies were left, which the PACS removes.\
            """,
            seconds,
            online,
            archived,
            renditions,
            deletions,
            dead));
    if (withoutBlob > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d ids of the catalogue have nothing behind them: deleted, or replaced, or lost with the archive.",
              withoutBlob));
    }
    if (troubles > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d things are NOT in it as they should be, see above and %s. Mend them, and run this again.",
              troubles,
              log));
    }
    return lines;
  }
}
