package org.regionalpacs.consumer;

import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.messages.StorageMessage;

/** The places of an accepted object. */
public final class Places {
  private Places() {}

  /** Where the message says that the file is. */
  public static ObjectLocation location(StorageMessage message) {
    return new ObjectLocation(
        ObjectLocation.ONLINE, message.node(), message.filePath(), 0, message.fileSize());
  }

  /** The object and the UIDs it came under. */
  public static ReceptionKey reception(StorageMessage message) {
    return new ReceptionKey(
        message.tenant(),
        message.study(),
        message.series(),
        message.sopInstance(),
        message.receptionId());
  }

  /** The object at a place. */
  public static PlacedObject at(StorageMessage message, ObjectLocation location) {
    return new PlacedObject(reception(message), location);
  }
}
