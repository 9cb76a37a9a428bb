package org.regionalpacs.intake.evict;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.intake.OnlineObjects;
import org.regionalpacs.messages.StorageMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has objects archived again whose copies are damaged or gone while the online file is whole: the
 * copy is no longer trusted, and the file announced once more, so that the archiver makes another
 * one. The damaged one is left as it is. A crash in between, or a file that several receptions
 * share, is for reconciling, which announces what no archive has.
 */
final class CopyRepair {
  private static final Logger LOG = LoggerFactory.getLogger(CopyRepair.class);

  private final OnlineObjects online;
  private final Evictions evictions;
  private final OnlineObjects.Pace pace;

  CopyRepair(OnlineObjects online, Evictions evictions, OnlineObjects.Pace pace) {
    this.online = online;
    this.evictions = evictions;
    this.pace = pace;
  }

  /**
   * Sees to it, unless the online file is no better.
   *
   * @param bad its copies, none of which is good
   */
  void archiveAgain(NodeObject object, Map<ObjectLocation, Refusal> bad) throws IOException {
    if (bad.isEmpty() || !isWhole(object)) {
      return;
    }
    boolean distrusted = false;
    for (Map.Entry<ObjectLocation, Refusal> copy : bad.entrySet()) {
      boolean gone = copy.getValue() == Refusal.COPY_GONE;
      distrusted |= evictions.distrust(object, copy.getKey(), gone);
    }
    if (!distrusted) {
      return;
    }
    Optional<StorageMessage> message = online.read(object.path());
    if (message
        .filter(each -> each.receptionId().equals(object.reception().receptionId()))
        .isPresent()) {
      online.announce(message.get());
      LogLine.of(LOG.atWarn(), object)
          .log(
              "{}: {} (reception {}) is archived again from its online file",
              object.reception().tenant(),
              object.reception().sop(),
              object.reception().receptionId());
    }
  }

  private boolean isWhole(NodeObject object) throws IOException {
    try {
      return online.digest(object.path(), object.dataSetOffset(), pace).equals(object.digest());
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
