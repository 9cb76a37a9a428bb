package org.regionalpacs.codec;

import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;

/** Image attributes for tests. */
public final class Images {
  private Images() {}

  /** An image of one row. */
  public static Attributes row(int columns, String photometric, int allocated, int stored) {
    return new Attributes()
        .setInt(Tag.SamplesPerPixel, photometric.matches("RGB|YBR.*") ? 3 : 1)
        .setString(Tag.PhotometricInterpretation, photometric)
        .setInt(Tag.Rows, 1)
        .setInt(Tag.Columns, columns)
        .setInt(Tag.BitsAllocated, allocated)
        .setInt(Tag.BitsStored, stored)
        .setInt(Tag.HighBit, stored - 1)
        .setInt(Tag.PixelRepresentation, 0);
  }

  /** Its samples, from little endian numbers of the bits allocated. */
  public static Samples samples(Attributes image, int... numbers) throws CodecException {
    int size = Math.max(1, image.getInt(Tag.BitsAllocated, 8) / 8);
    byte[] bytes = new byte[numbers.length * size];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (numbers[i / size] >> 8 * (i % size));
    }
    return decode(UID.ExplicitVRLittleEndian, image, bytes);
  }

  /** Decodes a frame. */
  public static Samples decode(String syntax, Attributes image, byte[] frame)
      throws CodecException {
    return FrameDecoders.of(syntax).orElseThrow().decode(frame, syntax, ImageDescription.of(image));
  }
}
