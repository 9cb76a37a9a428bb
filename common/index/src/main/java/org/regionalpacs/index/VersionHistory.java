package org.regionalpacs.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which version of an instance is current. It follows from the set of versions alone, so that the
 * order of delivery doesn't matter: in the order of reception, a version with the content of the
 * one before it is a repeat that changes nothing; of the others the last is current.
 *
 * @param current the current version
 * @param superseded all others
 */
record VersionHistory(Version current, List<Version> superseded) {

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
}
