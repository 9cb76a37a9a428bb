package org.regionalpacs.intake.evict;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.index.Evictions.Place;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.intake.EvictableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles files that an eviction set aside before its process died. What the index has as evicted
 * goes; what it has as online gets its name back. What it doesn't know is a deletion's to remove.
 */
public final class AsideFiles {
  private static final Logger LOG = LoggerFactory.getLogger(AsideFiles.class);

  private final EvictableFiles files;
  private final Evictions evictions;

  public AsideFiles(EvictableFiles files, Evictions evictions) {
    this.files = files;
    this.evictions = evictions;
  }

  /**
   * Settles them. While an eviction of another process is under way it waits for it.
   *
   * @return how many
   */
  public int settle() throws IOException {
    int settled = 0;
    try (EvictableFiles.Turn turn = files.turn()) {
      for (UUID receptionId : turn.aside()) {
        settled += settle(turn, receptionId) ? 1 : 0;
      }
    }
    return settled;
  }

  private boolean settle(EvictableFiles.Turn turn, UUID receptionId) throws IOException {
    Optional<String> tenant = turn.tenant(receptionId);
    if (tenant.isEmpty()) {
      return false;
    }
    Optional<Place> place = evictions.place(tenant.get(), receptionId);
    if (place.isEmpty()) {
      return false;
    }
    if (place.get().state().equals(NodeObject.EVICTED)) {
      turn.remove(receptionId, place.get().path());
      return true;
    }
    putBack(turn, evictions, tenant.get(), receptionId, place.get());
    return true;
  }

  /** Gives an object's file its name back, unless the object was deleted meanwhile. */
  static void putBack(EvictableFiles.Turn turn, Evictions evictions, NodeObject object)
      throws IOException {
    ReceptionKey key = object.reception();
    Optional<Place> place = evictions.place(key.tenant(), key.receptionId());
    if (place.isPresent()) {
      putBack(turn, evictions, key.tenant(), key.receptionId(), place.get());
    }
  }

  private static void putBack(
      EvictableFiles.Turn turn, Evictions evictions, String tenant, UUID receptionId, Place place)
      throws IOException {
    String path = turn.putBack(receptionId, place.path());
    if (!path.equals(place.path())) {
      evictions.moved(tenant, receptionId, place, path);
    }
    LOG.info("{}: {} was not evicted and has its name again", tenant, path);
  }
}
