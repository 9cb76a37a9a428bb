package org.regionalpacs.codec.transcode;

import java.util.List;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/** The attributes of the Image Pixel Module that a transfer syntax decides (PS3.3 C.7.6.3). */
final class ImageAttributes {
  private ImageAttributes() {}

  /** Makes a data set say what samples are. What it says already stays as it is written. */
  static void describe(Attributes dataSet, ImageDescription image) {
    String photometric = image.photometric().name().replace("PALETTE_COLOR", "PALETTE COLOR");
    if (!dataSet.getString(Tag.PhotometricInterpretation, "").equals(photometric)) {
      dataSet.setString(Tag.PhotometricInterpretation, photometric);
    }
    if (dataSet.getInt(Tag.BitsStored, image.bitsAllocated()) != image.bitsStored()) {
      dataSet.remove(Tag.SmallestImagePixelValue).remove(Tag.LargestImagePixelValue);
    }
    number(dataSet, Tag.BitsAllocated, image.bitsAllocated());
    number(dataSet, Tag.BitsStored, image.bitsStored());
    number(dataSet, Tag.HighBit, image.highBit());
    number(dataSet, Tag.PixelRepresentation, image.signed() ? 1 : 0);
    if (image.photometric().samples() > 1) {
      number(dataSet, Tag.PlanarConfiguration, image.planar() ? 1 : 0);
    }
  }

  /** Makes a data set say how many frames there are. */
  static void count(Attributes dataSet, int frames) {
    if (dataSet.getInt(Tag.NumberOfFrames, 1) != frames) {
      dataSet.setInt(Tag.NumberOfFrames, frames);
    }
  }

  /**
   * Negative padding without its sign in the bits that don't count gets it like the samples that it
   * is found by, so that they stay alike (PS3.3 C.7.5.1.1.2 allows for no such bits). Padding that
   * no sample can be stays as it is. The VR, US or SS, is as often wrong as right: the sign of the
   * samples counts.
   */
  static void keepPaddingWithin(Attributes dataSet, ImageDescription image) {
    if (image.bitsAllocated() != 16 || !image.signed()) {
      return;
    }
    int unused = Integer.SIZE - image.bitsStored();
    for (int tag : List.of(Tag.PixelPaddingValue, Tag.PixelPaddingRangeLimit)) {
      dataSet
          .getInt(tag)
          .ifPresent(value -> {
            int kept = value << unused >> unused;
            boolean unsaid = (value & 0xFFFF) >>> image.bitsStored() == 0;
            if (unsaid && kept != (short) value) {
              dataSet.setInt(tag, dataSet.vrOf(tag).orElseThrow(), kept);
            }
          });
    }
  }

  private static void number(Attributes dataSet, int tag, int value) {
    if (dataSet.getInt(tag, -1) != value) {
      dataSet.setInt(tag, value);
    }
  }
}
