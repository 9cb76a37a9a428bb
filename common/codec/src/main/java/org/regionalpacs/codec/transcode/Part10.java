package org.regionalpacs.codec.transcode;

import java.io.IOException;
import java.io.OutputStream;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;

/** Writes objects with file meta information of their own (PS3.10 7.1). */
final class Part10 {
  private Part10() {}

  /** Writes an object; the stream is flushed, not closed. */
  static void write(Attributes dataSet, String transferSyntax, ByteSource values, OutputStream out)
      throws IOException {
    Attributes meta =
        FileMeta.of(
            dataSet.getString(Tag.SOPClassUID, ""),
            dataSet.getString(Tag.SOPInstanceUID, ""),
            transferSyntax);
    DicomOutputStream.writeFileMeta(meta, out);
    DicomOutputStream.writeDataSet(dataSet, transferSyntax, values, out);
  }
}
