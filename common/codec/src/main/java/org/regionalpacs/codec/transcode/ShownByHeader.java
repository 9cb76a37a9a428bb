package org.regionalpacs.codec.transcode;

import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.transcode.TranscodingRefusedException.Reason;
import org.regionalpacs.dicom.data.UID;

/**
 * Who gets frames only, reads in the object's own header what they are (PS3.18 10.4.1.1.6): that
 * must hold for these too. Cells are made as wide as it says, which loses nothing; colors stay as
 * they are.
 *
 * @param header what it says
 */
record ShownByHeader(ImageDescription header) {

  /**
   * The samples in cells of the header.
   *
   * @throws TranscodingRefusedException when that doesn't hold for them
   */
  Samples fitted(Samples samples) throws TranscodingRefusedException {
    ImageDescription image = samples.image();
    requireMeaning(image);
    same("Pixel Representation", header.signed() ? 1 : 0, image.signed() ? 1 : 0);
    boolean bits = header.bitsAllocated() == 1 && image.bitsStored() == 1;
    return bits || hasCells(image) ? samples : inCells(samples);
  }

  /**
   * Looks at what was made of them.
   *
   * @param encoded what a codestream is
   */
  void require(ImageDescription encoded, String transferSyntax) throws TranscodingRefusedException {
    requireMeaning(encoded);
    same("Bits Allocated", header.bitsAllocated(), encoded.bitsAllocated());
    same("Bits Stored", header.bitsStored(), encoded.bitsStored());
    same("High Bit", header.highBit(), encoded.highBit());
    // RLE is by plane whatever it is called (PS3.5 G.2).
    if (!transferSyntax.equals(UID.RLELossless)) {
      same("Planar Configuration", header.planar() ? 1 : 0, encoded.planar() ? 1 : 0);
    }
  }

  private void requireMeaning(ImageDescription image) throws TranscodingRefusedException {
    Photometric said = header.photometric().shown();
    Photometric made = image.photometric().shown();
    same("Photometric Interpretation", said, made);
  }

  private boolean hasCells(ImageDescription image) {
    return header.bitsAllocated() == image.bitsAllocated()
        && header.bitsStored() == image.bitsStored()
        && header.highBit() == image.highBit();
  }

  private Samples inCells(Samples samples) throws TranscodingRefusedException {
    if (header.bitsAllocated() < 8 || header.photometric() == Photometric.YBR_FULL_422) {
      throw refused("Bits Allocated", header.bitsAllocated(), samples.image().bitsAllocated());
    }
    ImageDescription wanted = header.inPixels(samples.image().photometric());
    int size = wanted.bitsAllocated() / 8;
    int channels = wanted.photometric().samples();
    int pixels = Math.toIntExact(wanted.pixels());
    int shift = wanted.highBit() + 1 - wanted.bitsStored();
    byte[] bytes = new byte[Math.multiplyExact(pixels * channels, size)];
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int channel = 0; channel < channels; channel++) {
        long value = samples.value(pixel, channel);
        if (value < wanted.least() || value > wanted.greatest()) {
          throw refused("Bits Stored", wanted.bitsStored(), samples.image().bitsStored());
        }
        int at = (pixel * channels + channel) * size;
        for (int rank = 0; rank < size; rank++) {
          bytes[at + rank] = (byte) (value << shift >> 8 * rank);
        }
      }
    }
    return Samples.of(wanted, bytes);
  }

  private static void same(String attribute, Object said, Object made)
      throws TranscodingRefusedException {
    if (!said.equals(made)) {
      throw refused(attribute, said, made);
    }
  }

  private static TranscodingRefusedException refused(String attribute, Object said, Object made) {
    return new TranscodingRefusedException(
        Reason.SHOWN_WRONG,
        "a frame would be shown wrong by the metadata of its object: %s is %s there and would be %s; the whole object can be had so, and frames as they are stored"
            .formatted(attribute, said, made));
  }
}
