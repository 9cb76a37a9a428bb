package org.regionalpacs.wado.web;

import org.regionalpacs.dicom.data.UID;

/**
 * UIDs in requests come from strangers. Those of stored objects do too: what intake takes beyond
 * digits and dots (PS3.5 9.1) can be asked for as well.
 */
public final class PathUids {
  private PathUids() {}

  /** Whether an object can have this UID. */
  public static boolean usable(String uid) {
    return UID.isUsable(uid);
  }

  /**
   * Requires a UID that an object can have.
   *
   * @param name what the path calls it: study, series or instance
   * @throws BadParameterException when no object can have it
   */
  public static void require(String name, String uid) {
    if (!usable(uid)) {
      throw new BadParameterException(
          name, "The " + name + " in the path isn't a UID: 1 to 64 digits and dots.");
    }
  }
}
