package org.regionalpacs.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which version of an instance is current. It follows from the set of versions alone, so that the
 * order of delivery doesn't matter: in the order of reception, a version with the content of the
 * one before it is a repeat that changes nothing; of the others the last is current.
 *
 * @param current the current version
 * @param superseded all others
 */
record VersionHistory(Version current, List<Version> superseded) {
  private static final int VALUES_SHOWN = 10;

  /**
   * @param versions at least one; one that is listed twice counts once
   */
  static VersionHistory of(Collection<Version> versions) {
    List<Version> ordered =
        versions.stream()
            .sorted(Comparator.comparing(Version::receptionId, Version.RECEPTION_ORDER))
            .toList();
    ordered =
        List.copyOf(
            ordered.stream()
                .collect(
                    Collectors.toMap(
                        Version::receptionId, one -> one, (one, _) -> one, LinkedHashMap::new))
                .values());
    Version current = ordered.getFirst();
    for (Version version : ordered) {
      if (!version.object().sameContent(current.object())) {
        current = version;
      }
    }
    List<Version> superseded = new ArrayList<>(ordered);
    superseded.remove(current);
    return new VersionHistory(current, List.copyOf(superseded));
  }

  /** Whether its versions have more than one content. */
  boolean contradicts() {
    return superseded.stream().anyMatch(version -> !version.object().sameContent(current.object()));
  }

  /** That other content came under the same UIDs: one entry a version, the first one included. */
  List<ConflictEntry> conflicts() {
    if (!contradicts()) {
      return List.of();
    }
    SortedMap<String, Difference> differences = new TreeMap<>();
    differ("Digest", ReceivedObject::digest, differences);
    differ("TransferSyntaxUID", ReceivedObject::transferSyntax, differences);
    InstanceIdentity instance = current.identity();
    String subject = instance.seriesUid() + "\0" + instance.sopUid();
    return Stream.concat(superseded.stream(), Stream.of(current))
        .map(version ->
            ConflictEntry.of(ConflictKind.NEW_VERSION, subject, version.object(), differences))
        .toList();
  }

  private void differ(
      String keyword,
      Function<ReceivedObject, String> value,
      SortedMap<String, Difference> differences) {
    String here = value.apply(current.object());
    String others =
        superseded.stream()
            .map(version -> value.apply(version.object()))
            .filter(other -> !other.equals(here))
            .distinct()
            .sorted()
            .limit(VALUES_SHOWN)
            .collect(Collectors.joining("\\"));
    if (!others.isEmpty()) {
      differences.put(keyword, new Difference(here, others));
    }
  }
}
