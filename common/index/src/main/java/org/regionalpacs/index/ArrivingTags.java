package org.regionalpacs.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.regionalpacs.index.InstanceVersions.Outcome;
import org.springframework.jdbc.core.JdbcTemplate;

/** Indexes arriving objects by the extended query tags, in the transaction that indexes them. */
final class ArrivingTags {
  private final QueryTagLock lock;
  private final QueryTagTable table;

  ArrivingTags(JdbcTemplate jdbc) {
    this.lock = new QueryTagLock(jdbc);
    this.table = new QueryTagTable(jdbc);
  }

  /** The generation of the tags, which stay as they are until the transaction ends. */
  long generation() {
    return lock.share();
  }

  /**
   * Writes what a batch says. Series of objects whose header was read by other tags are read again
   * later.
   *
   * @param generation of the tags there are
   */
  void write(long generation, Outcome batch) {
    if (generation == 0) {
      return;
    }
    table.forget(batch.displaced());
    table.forgive(batch.displaced().stream().map(Version::identity).toList());
    List<QueryTagTable.Entry> entries = new ArrayList<>();
    Set<SeriesIdentity> outdated =
        batch.changed().stream()
            .filter(object -> object.tagGeneration() != generation)
            .map(IndexedInstance::seriesIdentity)
            .collect(Collectors.toSet());
    for (IndexedInstance object : batch.changed()) {
      if (object.tagGeneration() == generation) {
        for (QueryTagReading reading : object.tags()) {
          if (!reading.nothing()) {
            entries.add(
                new QueryTagTable.Entry(
                    object.version().identity(), object.object().receptionId(), reading));
          }
        }
      }
    }
    table.write(entries);
    table.await(outdated);
  }
}
