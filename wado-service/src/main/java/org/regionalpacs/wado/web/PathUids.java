package org.regionalpacs.wado.web;

import org.regionalpacs.dicom.data.UID;

/** UIDs in paths come from strangers (PS3.5 9.1). */
public final class PathUids {
  private PathUids() {}

  /**
   * @param name what the path calls it: study, series or instance
   * @throws BadParameterException when it isn't a UID
   */
  public static void require(String name, String uid) {
    if (!UID.isValid(uid)) {
      throw new BadParameterException(
          name, "The " + name + " in the path isn't a UID: 1 to 64 digits and dots.");
    }
  }
}
