package org.regionalpacs.consumer.converter;

import java.io.IOException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.Recoder;

/** Keeps frames out of the heap that don't fit into it. */
final class FrameSize {
  /** Of the heap, for all conversions: the other jobs need some too. */
  private static final double SHARE = 0.6;

  /** A frame, what it is encoded to, and both as they are compared. */
  private static final int TIMES = 4;

  /** Decoders by DCT keep the coefficients of the whole frame, of two bytes. */
  private static final String DCT = "1.2.840.10008.1.2.4.5";

  private FrameSize() {}

  /**
   * Looks how large decoded frames are, where they are to be decoded or encoded.
   *
   * @throws UselessRenditionException when they are larger than is allowed, or than the heap takes
   */
  static void require(ByteSource part10, String targetSyntax, ConverterProperties properties)
      throws IOException, UselessRenditionException {
    try (DicomInputStream in = DicomInputStream.of(part10)) {
      if (Recoder.canRecode(in.transferSyntax()) && Recoder.canRecode(targetSyntax)) {
        return;
      }
      Attributes header = in.readDataSetUntil(Tag.FloatPixelData);
      long size =
          (long) header.getInt(Tag.Rows, 0)
              * header.getInt(Tag.Columns, 0)
              * header.getInt(Tag.SamplesPerPixel, 1)
              * header.getInt(Tag.BitsAllocated, 8)
              / 8;
      if (size > properties.largestFrame().toBytes()) {
        throw new UselessRenditionException(
            "a frame has %d bytes, more than pacs.converter.largest-frame".formatted(size));
      }
      double heap = Runtime.getRuntime().maxMemory() * SHARE / properties.parallel();
      if (needed(size, in.transferSyntax()) > heap) {
        throw new UselessRenditionException(
            "a frame has %d bytes, which needs a larger heap (-Xmx) or a lower pacs.converter.parallel"
                .formatted(size));
      }
    }
  }

  private static long needed(long size, String transferSyntax) {
    boolean coefficients =
        transferSyntax.startsWith(DCT) && !transferSyntax.equals(UID.JPEGLossless);
    return (coefficients ? TIMES + 2 : TIMES) * size;
  }
}
