package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;

/** An encapsulated PDF made longer than what is kept in metadata, in a study of its own. */
final class LongPdf {
  private static final String COMMENT = "%" + "x".repeat(100_000) + "\n";
  private static final String END = "startxref";

  private LongPdf() {}

  /**
   * Puts a comment before the end of a document, where it moves nothing that is pointed at.
   *
   * @return the new file
   */
  static Path write(Path sample, Path folder) throws IOException {
    Attributes object;
    try (DicomInputStream in = DicomInputStream.ofFile(sample)) {
      object = in.readDataSet();
    }
    for (int tag : new int[] {Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID}) {
      object.setString(tag, object.getString(tag, "") + ".1");
    }
    byte[] document = object.getBytes(Tag.EncapsulatedDocument).orElseThrow();
    object.setBytes(Tag.EncapsulatedDocument, VR.OB, longer(document));
    Path file = folder.resolve("long-pdf.dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      String uid = object.getString(Tag.SOPInstanceUID, "");
      Attributes meta =
          FileMeta.of(object.getString(Tag.SOPClassUID, ""), uid, UID.ExplicitVRLittleEndian);
      DicomOutputStream.writeFile(meta, object, out);
    }
    return file;
  }

  private static byte[] longer(byte[] document) {
    String text = new String(document, StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf(END);
    return (text.substring(0, end) + COMMENT + text.substring(end))
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
