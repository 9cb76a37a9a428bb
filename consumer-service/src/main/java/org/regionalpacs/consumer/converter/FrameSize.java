package org.regionalpacs.consumer.converter;

import java.io.IOException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.Recoder;

/** Keeps frames out of the heap that don't fit into it. */
final class FrameSize {
  private FrameSize() {}

  /**
   * Looks how large decoded frames are, where they are to be decoded or encoded.
   *
   * @param most bytes
   * @throws UselessRenditionException when they are larger
   */
  static void require(ByteSource part10, String targetSyntax, long most)
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
      if (size > most) {
        throw new UselessRenditionException(
            "a frame has %d bytes, more than pacs.converter.largest-frame".formatted(size));
      }
    }
  }
}
