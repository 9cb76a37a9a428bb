package org.regionalpacs.wado.store;

import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/**
 * What a codestream says of its pixels. Metadata may leave these attributes out (PS3.18 10.5.1.4:
 * those of the Image Pixel Description Macro).
 *
 * @param samples 1 or 3
 * @param bits of a sample
 * @param photometric Photometric Interpretation
 */
record PixelDescription(
    int rows, int columns, int samples, int bits, boolean signed, String photometric) {

  /** Sets what isn't there. */
  void complete(Attributes image) {
    number(image, Tag.SamplesPerPixel, samples);
    if (!image.containsValue(Tag.PhotometricInterpretation)) {
      image.setString(Tag.PhotometricInterpretation, VR.CS, photometric);
    }
    if (samples > 1) {
      number(image, Tag.PlanarConfiguration, 0);
    }
    number(image, Tag.Rows, rows);
    number(image, Tag.Columns, columns);
    number(image, Tag.BitsAllocated, bits > 8 ? 16 : 8);
    number(image, Tag.BitsStored, bits);
    number(image, Tag.HighBit, image.getInt(Tag.BitsStored, bits) - 1);
    number(image, Tag.PixelRepresentation, signed ? 1 : 0);
  }

  private static void number(Attributes image, int tag, int value) {
    if (!image.containsValue(tag)) {
      image.setInt(tag, VR.US, value);
    }
  }
}
