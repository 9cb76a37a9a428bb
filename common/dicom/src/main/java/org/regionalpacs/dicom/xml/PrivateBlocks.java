package org.regionalpacs.dicom.xml;

import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/** Finds places for private elements that are named by their creator (PS3.5 7.8.1). */
final class PrivateBlocks {
  private static final int FIRST = 0x10;
  private static final int LAST = 0xFF;

  private PrivateBlocks() {}

  /**
   * The tag of a creator's element in the block that the creator has, or now gets.
   *
   * @param tag of which the block is ignored
   * @throws IllegalArgumentException when the group has no block left, or isn't private
   */
  static int place(Attributes dataSet, int tag, String creator) {
    if (!Tag.isPrivate(tag)) {
      throw new IllegalArgumentException("has a private creator, and isn't private");
    }
    int group = tag & 0xFFFF0000;
    int free = -1;
    for (int block = FIRST; block <= LAST; block++) {
      if (dataSet.getString(group | block, "").equals(creator)) {
        return group | block << 8 | tag & 0xFF;
      }
      if (free < 0 && !dataSet.contains(group | block)) {
        free = block;
      }
    }
    if (free < 0) {
      throw new IllegalArgumentException("finds no block left in its group");
    }
    dataSet.setString(group | free, VR.LO, creator);
    return group | free << 8 | tag & 0xFF;
  }
}
