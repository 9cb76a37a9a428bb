package org.regionalpacs.codec;

import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/**
 * What the attributes of the Image Pixel Module (PS3.3 C.7.6.3) say of every frame of an image.
 *
 * @param rows 1 to 65535
 * @param columns 1 to 65535
 * @param photometric what samples mean; it says how many a pixel has
 * @param bitsAllocated of a sample: 1, 8, 16 or 32
 * @param bitsStored bits of them that count; others may hold anything, overlays for example
 * @param highBit the highest of these, counted from 0
 * @param signed whether samples are in two's complement
 * @param planar whether all samples of a kind follow each other, else those of a pixel do
 */
public record ImageDescription(
    int rows,
    int columns,
    Photometric photometric,
    int bitsAllocated,
    int bitsStored,
    int highBit,
    boolean signed,
    boolean planar) {

  /**
   * The description in a data set. What contradicts itself is read as most readers do: bits stored
   * that don't fit are all, a high bit that doesn't fit is the lowest possible.
   *
   * @throws UnsupportedImageException when it is missing, of a kind that isn't known, or so large
   *     that a frame may not fit into an array
   */
  public static ImageDescription of(Attributes dataSet) throws UnsupportedImageException {
    int rows = dataSet.getInt(Tag.Rows, 0);
    int columns = dataSet.getInt(Tag.Columns, 0);
    if (rows < 1 || columns < 1 || rows > 0xFFFF || columns > 0xFFFF) {
      throw new UnsupportedImageException("it has no Rows or no Columns");
    }
    int samples = dataSet.getInt(Tag.SamplesPerPixel, 1);
    Photometric photometric = photometric(dataSet, samples);
    if ((long) rows * columns * samples * Integer.BYTES > Integer.MAX_VALUE) {
      throw new UnsupportedImageException("a frame is larger than 2 GB");
    }
    int allocated = dataSet.getInt(Tag.BitsAllocated, 0);
    if (allocated != 1 && allocated != 8 && allocated != 16 && allocated != 32) {
      throw new UnsupportedImageException("Bits Allocated is " + allocated);
    }
    int stored = within(dataSet.getInt(Tag.BitsStored, allocated), 1, allocated, allocated);
    int high = dataSet.getInt(Tag.HighBit, stored - 1);
    return new ImageDescription(
        rows,
        columns,
        photometric,
        allocated,
        stored,
        within(high, stored - 1, allocated - 1, stored - 1),
        dataSet.getInt(Tag.PixelRepresentation, 0) == 1,
        samples > 1 && dataSet.getInt(Tag.PlanarConfiguration, 0) == 1);
  }

  private static Photometric photometric(Attributes dataSet, int samples)
      throws UnsupportedImageException {
    String name = dataSet.getString(Tag.PhotometricInterpretation, "");
    Photometric usual = samples == 1 ? Photometric.MONOCHROME2 : Photometric.RGB;
    Photometric named =
        name.isEmpty()
            ? usual
            : Photometric.named(name)
                .orElseThrow(() ->
                    new UnsupportedImageException("its Photometric Interpretation isn't known"));
    if (named.samples() != samples) {
      throw new UnsupportedImageException(
          "Samples per Pixel is " + samples + " and Photometric Interpretation is " + named);
    }
    return named;
  }

  private static int within(int value, int least, int most, int orElse) {
    return value < least || value > most ? orElse : value;
  }

  /** Number of pixels of a frame. */
  public long pixels() {
    return (long) rows * columns;
  }

  /** Bytes of a frame that isn't compressed. */
  public long frameBytes() {
    long samples = photometric == Photometric.YBR_FULL_422 ? 2 : photometric.samples();
    return Math.ceilDiv(pixels() * samples * bitsAllocated, 8L);
  }

  /** The same image in 8-bit samples, pixel by pixel, with another meaning. */
  public ImageDescription inBytes(Photometric meaning) {
    return new ImageDescription(rows, columns, meaning, 8, 8, 7, signed, false);
  }

  /** The same image pixel by pixel, with another meaning. */
  public ImageDescription inPixels(Photometric meaning) {
    return new ImageDescription(
        rows, columns, meaning, bitsAllocated, bitsStored, highBit, signed, false);
  }

  /** The same image with all samples of a kind after each other. */
  public ImageDescription inPlanes() {
    return new ImageDescription(
        rows, columns, photometric, bitsAllocated, bitsStored, highBit, signed, true);
  }

  /** The same image with so many bits that count, the lowest. */
  public ImageDescription withBits(int count) {
    return new ImageDescription(
        rows, columns, photometric, bitsAllocated, count, count - 1, signed, planar);
  }

  /** The least value of a sample. */
  public long least() {
    return signed ? -(1L << (bitsStored - 1)) : 0;
  }

  /** The greatest value of a sample. */
  public long greatest() {
    return signed ? (1L << (bitsStored - 1)) - 1 : (1L << bitsStored) - 1;
  }
}
