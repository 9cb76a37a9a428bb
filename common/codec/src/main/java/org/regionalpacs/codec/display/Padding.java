package org.regionalpacs.codec.display;

import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/**
 * Stored values that fill what is no image (PS3.3 C.7.5.1.1.2): shown black and left out when the
 * range of values is looked for.
 *
 * @param least the least of them
 * @param greatest the greatest of them; less than the least when there are none
 */
record Padding(long least, long greatest) {
  private static final Padding NONE = new Padding(1, 0);

  static Padding of(Attributes dataSet, ImageDescription image) {
    int[] value = dataSet.getInts(Tag.PixelPaddingValue);
    if (value.length == 0) {
      return NONE;
    }
    int[] limit = dataSet.getInts(Tag.PixelPaddingRangeLimit);
    long one = stored(value[0], image);
    long other = limit.length == 0 ? one : stored(limit[0], image);
    return new Padding(Math.min(one, other), Math.max(one, other));
  }

  /** The VR of the attribute, US or SS, is as often wrong as right: the samples' sign counts. */
  private static long stored(int value, ImageDescription image) {
    return image.signed() ? (short) value : value & 0xFFFF;
  }

  boolean holds(long stored) {
    return stored >= least && stored <= greatest;
  }
}
