package org.regionalpacs.codec.transcode;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/**
 * An overlay in a bit of the pixel cells that doesn't count. Retired, but seen (PS3.5-2004 8.1.2,
 * PS3.3-2004 C.9.2); codecs don't keep such bits.
 *
 * @param group 0x6000 to 0x601E
 * @param bit of the cell, from 0
 */
record EmbeddedOverlay(int group, int bit) {

  /** Those of an image of one sample a pixel. */
  static List<EmbeddedOverlay> of(Attributes dataSet, ImageDescription image) {
    List<EmbeddedOverlay> overlays = new ArrayList<>();
    if (image.photometric().samples() > 1 || image.bitsAllocated() == 1) {
      return overlays;
    }
    int lowest = image.highBit() + 1 - image.bitsStored();
    for (int group = 0x6000; group <= 0x601E; group += 2) {
      int bit = dataSet.getInt(in(group, Tag.OverlayBitPosition), -1);
      boolean free = bit > image.highBit() || bit >= 0 && bit < lowest;
      if (free
          && bit < image.bitsAllocated()
          && dataSet.getInt(in(group, Tag.OverlayBitsAllocated), 0) == image.bitsAllocated()
          && !dataSet.containsValue(in(group, Tag.OverlayData))) {
        overlays.add(new EmbeddedOverlay(group, bit));
      }
    }
    return overlays;
  }

  private static int in(int group, int tag) {
    return group << 16 | tag & 0xFFFF;
  }

  /** Makes it an overlay of its own (PS3.3 C.9.2, PS3.5 8.1.2). */
  void moveTo(BulkData bits, int frames, Attributes dataSet, ImageDescription image) {
    dataSet
        .setInt(in(group, Tag.OverlayRows), VR.US, image.rows())
        .setInt(in(group, Tag.OverlayColumns), VR.US, image.columns())
        .setInt(in(group, Tag.OverlayBitsAllocated), VR.US, 1)
        .setInt(in(group, Tag.OverlayBitPosition), VR.US, 0)
        .remove(in(group, Tag.OverlayLocation));
    if (!dataSet.containsValue(in(group, Tag.OverlayOrigin))) {
      dataSet.setInt(in(group, Tag.OverlayOrigin), VR.SS, 1, 1);
    }
    if (frames > 1) {
      dataSet
          .setInt(in(group, Tag.NumberOfFramesInOverlay), VR.IS, frames)
          .setInt(in(group, Tag.ImageFrameOrigin), VR.US, 1);
    }
    // OB, whose bytes are in the same order whatever that of the data set.
    dataSet.set(in(group, Tag.OverlayData), VR.OB, bits);
  }
}
