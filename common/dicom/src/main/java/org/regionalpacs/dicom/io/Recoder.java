package org.regionalpacs.dicom.io;

import java.io.IOException;
import java.io.OutputStream;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;

/**
 * Rewrites objects without touching their pixels, such as as Explicit VR Little Endian, the one
 * native encoding that web services may carry (PS3.18 8.7.3). Memory is needed for the header only.
 */
public final class Recoder {
  private static final int BULK_DATA_THRESHOLD = 16 * 1024;

  private Recoder() {}

  /** Whether an object in this transfer syntax can be rewritten without decoding pixel data. */
  public static boolean canRecode(String transferSyntax) {
    return switch (transferSyntax) {
      case UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.ExplicitVRBigEndian,
          UID.DeflatedExplicitVRLittleEndian ->
          true;
      default -> false;
    };
  }

  /**
   * Writes the object as a Part 10 file.
   *
   * @throws DicomFormatException when the object can't be read to its end
   * @throws IllegalArgumentException when its pixel data is compressed
   */
  public static void toExplicitLittleEndian(ByteSource part10, OutputStream out)
      throws IOException {
    rewrite(part10, UID.ExplicitVRLittleEndian, WriteOptions.DEFAULT, out);
  }

  /**
   * Writes the object as a Part 10 file in another native transfer syntax, or in its own with other
   * lengths and offset tables.
   *
   * @throws DicomFormatException when the object can't be read to its end
   * @throws NoPixelDataException when offset tables are asked for and it can't be told which
   *     fragments make which frame
   * @throws IllegalArgumentException when pixel data would have to be compressed or decompressed
   */
  public static void rewrite(
      ByteSource part10, String transferSyntax, WriteOptions options, OutputStream out)
      throws IOException {
    try (DicomInputStream in = DicomInputStream.of(part10)) {
      boolean same = in.transferSyntax().equals(transferSyntax);
      if (!same && !(canRecode(in.transferSyntax()) && canRecode(transferSyntax))) {
        throw new IllegalArgumentException("the pixel data is in " + in.transferSyntax());
      }
      Attributes dataSet = in.bulkDataThreshold(BULK_DATA_THRESHOLD).readDataSet();
      Attributes meta =
          FileMeta.of(
              dataSet.getString(Tag.SOPClassUID, ""),
              dataSet.getString(Tag.SOPInstanceUID, ""),
              transferSyntax);
      DicomOutputStream.writeFileMeta(meta, out);
      DicomOutputStream.writeDataSet(dataSet, transferSyntax, in.valueSource(), options, out);
    }
  }
}
