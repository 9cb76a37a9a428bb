package org.regionalpacs.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes instance rows and decides which version is current. The caller holds the locks of the
 * series' rows, so nobody else changes these instances meanwhile.
 */
final class InstanceVersions {
  /**
   * What became of a batch.
   *
   * @param current the objects of the batch that are current now
   * @param created those of them whose instance wasn't there before
   * @param replaced those of them that took the place of another
   * @param displaced whose place that was
   * @param conflicts instances of which there is more than one content
   */
  record Outcome(
      List<IndexedInstance> current,
      List<IndexedInstance> created,
      List<IndexedInstance> replaced,
      List<Version> displaced,
      List<ConflictEntry> conflicts) {

    /** Those that weren't current before. */
    List<IndexedInstance> changed() {
      return Stream.concat(created.stream(), replaced.stream()).toList();
    }
  }

  private final InstanceTable table;

  InstanceVersions(InstanceTable table) {
    this.table = table;
  }

  Outcome write(List<IndexedInstance> batch) {
    Map<InstanceIdentity, List<Version>> incoming = new TreeMap<>(RowOrder.INSTANCE);
    for (IndexedInstance object : batch) {
      Version version = object.version();
      incoming.computeIfAbsent(version.identity(), _ -> new ArrayList<>()).add(version);
    }
    Map<InstanceIdentity, Version> before = table.current(incoming.keySet());
    Map<InstanceIdentity, Version> after = new HashMap<>(before);
    List<VersionHistory> histories = histories(incoming, before);
    histories.forEach(history -> after.put(history.current().identity(), history.current()));

    table.replace(
        histories.stream()
            .map(VersionHistory::current)
            .filter(version -> !isCurrent(version, before))
            .toList());
    table.supersede(histories.stream().filter(history -> !history.superseded().isEmpty()).toList());

    Map<UUID, IndexedInstance> current =
        batch.stream()
            .filter(object -> isCurrent(object.version(), after))
            .collect(
                Collectors.toMap(
                    object -> object.object().receptionId(),
                    object -> object,
                    (first, _) -> first,
                    LinkedHashMap::new));
    Map<Boolean, List<IndexedInstance>> changed =
        current.values().stream()
            .filter(object -> !isCurrent(object.version(), before))
            .collect(
                Collectors.partitioningBy(
                    object -> before.containsKey(object.version().identity())));
    return new Outcome(
        List.copyOf(current.values()),
        changed.get(false),
        changed.get(true),
        changed.get(true).stream().map(object -> before.get(object.version().identity())).toList(),
        histories.stream().flatMap(history -> history.conflicts().stream()).toList());
  }

  /** The histories of the instances for which anything but a redelivery came in, by key. */
  private List<VersionHistory> histories(
      Map<InstanceIdentity, List<Version>> incoming, Map<InstanceIdentity, Version> before) {
    Set<InstanceIdentity> collisions =
        incoming.keySet().stream()
            .filter(before::containsKey)
            .filter(key -> !incoming.get(key).stream().allMatch(one -> isCurrent(one, before)))
            .collect(Collectors.toSet());
    Map<InstanceIdentity, List<Version>> superseded = table.superseded(collisions);
    List<VersionHistory> histories = new ArrayList<>();
    incoming.forEach((key, versions) -> {
      Optional<Version> known = Optional.ofNullable(before.get(key));
      if (known.isEmpty() || collisions.contains(key)) {
        List<Version> all = new ArrayList<>(superseded.getOrDefault(key, List.of()));
        known.ifPresent(all::add);
        all.addAll(versions);
        histories.add(VersionHistory.of(all));
      }
    });
    return histories;
  }

  private static boolean isCurrent(Version version, Map<InstanceIdentity, Version> current) {
    return Optional.ofNullable(current.get(version.identity()))
        .filter(known -> known.receptionId().equals(version.receptionId()))
        .isPresent();
  }
}
