package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;

/** Part 10 files for tests of sending. */
final class SampleFile {
  private SampleFile() {}

  /** Writes an object with so many bytes of pixel data; named by its SOP Instance UID. */
  static Path write(Path folder, String sopClass, String transferSyntax, int pixelBytes)
      throws IOException {
    String sopInstance = UID.generate();
    byte[] pixels = new byte[pixelBytes];
    new Random(pixelBytes).nextBytes(pixels);
    Attributes dataSet =
        new Attributes()
            .setString(Tag.SOPClassUID, sopClass)
            .setString(Tag.SOPInstanceUID, sopInstance)
            .setString(Tag.PatientID, "P1")
            .setString(Tag.StudyInstanceUID, "1.2.3")
            .setString(Tag.SeriesInstanceUID, "1.2.3.4")
            .setBytes(Tag.PixelData, VR.OW, pixels);
    Path file = folder.resolve(sopInstance + ".dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomOutputStream.writeFile(FileMeta.of(sopClass, sopInstance, transferSyntax), dataSet, out);
    }
    return file;
  }

  /** The bytes behind a file's meta information. */
  static byte[] dataSet(Path file) throws IOException {
    try (DicomInputStream in = DicomInputStream.ofFile(file);
        InputStream bytes = Files.newInputStream(file)) {
      bytes.skipNBytes(in.dataSetOffset());
      return bytes.readAllBytes();
    }
  }
}
