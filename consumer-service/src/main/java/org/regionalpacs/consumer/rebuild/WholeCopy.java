package org.regionalpacs.consumer.rebuild;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.regionalpacs.consumer.DataSetDigest;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.RebuildList.Copy;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.storage.StoredObjects;

/**
 * Chooses among several copies of an object in one archive: an earlier one may be damaged, which is
 * why there is another. Only then copies are read.
 */
final class WholeCopy {
  private final StoredObjects objects;

  WholeCopy(StoredObjects objects) {
    this.objects = objects;
  }

  /**
   * One copy of each archive.
   *
   * @param copies of one object
   * @throws IOException when an archive doesn't answer: then nobody knows which is whole
   */
  List<Copy> of(StorageMessage message, List<Copy> copies, RebuildReport report)
      throws IOException {
    Map<String, List<Copy>> byStore = new LinkedHashMap<>();
    copies.forEach(copy -> byStore.computeIfAbsent(copy.store(), _ -> new ArrayList<>()).add(copy));
    List<Copy> chosen = new ArrayList<>();
    for (Map.Entry<String, List<Copy>> store : byStore.entrySet()) {
      firstWhole(message, store.getValue())
          .ifPresentOrElse(
              chosen::add,
              () ->
                  report.trouble(
                      "none of %d copies of %s in archive %s is whole"
                          .formatted(
                              store.getValue().size(), message.receptionId(), store.getKey())));
    }
    return chosen;
  }

  private Optional<Copy> firstWhole(StorageMessage message, List<Copy> same) throws IOException {
    if (same.size() == 1) {
      return Optional.of(same.getFirst());
    }
    for (Copy copy : same) {
      if (isWhole(message, copy)) {
        return Optional.of(copy);
      }
    }
    return Optional.empty();
  }

  private boolean isWhole(StorageMessage message, Copy copy) throws IOException {
    try {
      return DataSetDigest.of(objects.open(List.of(place(copy))), message.dataSetOffset())
          .equals(message.digest());
    } catch (IOException e) {
      if (isAway(e)) {
        throw e;
      }
      return false;
    }
  }

  private static boolean isAway(IOException failure) {
    return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(BlobStoreUnreachableException.class::isInstance);
  }

  static ObjectLocation place(Copy copy) {
    return new ObjectLocation(copy.store(), "", copy.blobId(), 0, copy.length());
  }
}
