package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.regionalpacs.storage.BlobMissingException;

/** Asks the storages of a file one after the other, until one has it. */
final class Replicas {
  private final String store;
  private final FastDfsProperties settings;
  private final Trackers trackers;

  Replicas(String store, FastDfsProperties settings, Trackers trackers) {
    this.store = store;
    this.settings = settings;
    this.trackers = trackers;
  }

  /** What a storage is asked. */
  interface Request<T> {
    T to(HostPort storage) throws IOException;
  }

  /**
   * The answer of the first storage that has the file.
   *
   * @throws BlobMissingException when it is proven that there is none
   * @throws IOException when a storage that might have it didn't answer, or failed
   */
  <T> T ask(Client client, FileId file, Request<T> request) throws IOException {
    List<HostPort> active = trackers.ask(tracker -> client.storages(tracker, file));
    Absence absence = new Absence(file, settings.settledAfter());
    IOException failure = new IOException("no storage that received " + file + " is active");
    for (HostPort storage : shuffled(active)) {
      try {
        return request.to(storage);
      } catch (StatusException e) {
        if (e.status() == StatusException.MISSING) {
          absence.testify(storage);
        } else {
          failure = e;
        }
      } catch (IOException e) {
        failure = e;
      }
    }
    throw absence.proven(active) ? new BlobMissingException(store, file.toString()) : failure;
  }

  private static List<HostPort> shuffled(List<HostPort> storages) {
    List<HostPort> shuffled = new ArrayList<>(storages);
    Collections.shuffle(shuffled);
    return shuffled;
  }
}
