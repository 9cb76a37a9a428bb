package org.regionalpacs.standalone;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;

/**
 * A small study in files, a folder a series.
 *
 * @param digests SHA-256 of the data sets
 */
record CtStudy(String studyUid, String patientId, List<Path> seriesFolders, List<String> digests) {

  static CtStudy write(Path folder, int series, int instances) throws IOException {
    CtStudy study =
        new CtStudy(
            UID.generate(),
            "WALK" + System.nanoTime() % 1_000_000_000,
            new ArrayList<>(),
            new ArrayList<>());
    for (int s = 1; s <= series; s++) {
      Path to = Files.createDirectories(folder.resolve("series" + s));
      study.seriesFolders.add(to);
      String seriesUid = UID.generate();
      for (int i = 1; i <= instances; i++) {
        Path file = to.resolve(i + ".dcm");
        study.writeInstance(file, seriesUid, s, i);
        study.digests.add(SampleFile.read(file).digest());
      }
    }
    return study;
  }

  private void writeInstance(Path file, String seriesUid, int series, int instance)
      throws IOException {
    String sop = UID.generate();
    Attributes dataSet =
        new Attributes()
            .setString(Tag.SOPClassUID, UID.CTImageStorage)
            .setString(Tag.SOPInstanceUID, sop)
            .setString(Tag.StudyDate, "20260102")
            .setString(Tag.StudyTime, "030405")
            .setString(Tag.Modality, "CT")
            .setString(Tag.PatientName, "Walking^Test")
            .setString(Tag.PatientID, patientId)
            .setString(Tag.StudyInstanceUID, studyUid)
            .setString(Tag.SeriesInstanceUID, seriesUid)
            .setInt(Tag.SeriesNumber, series)
            .setInt(Tag.InstanceNumber, instance)
            .setInt(Tag.SamplesPerPixel, 1)
            .setString(Tag.PhotometricInterpretation, "MONOCHROME2")
            .setInt(Tag.Rows, 16)
            .setInt(Tag.Columns, 16)
            .setInt(Tag.BitsAllocated, 16)
            .setBytes(Tag.PixelData, VR.OW, new byte[512]);
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomOutputStream.writeFile(
          FileMeta.of(UID.CTImageStorage, sop, UID.ExplicitVRLittleEndian), dataSet, out);
    }
  }

  /** A data set as it goes over the network. */
  static InputStream stream(Attributes dataSet) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomOutputStream.writeDataSet(dataSet, UID.ExplicitVRLittleEndian, out);
    return new ByteArrayInputStream(out.toByteArray());
  }

  /** Writes an object whose pixel data are so many zeros; the file is sparse. */
  static void writeLarge(Path file, String study, long pixels) throws IOException {
    String sop = UID.generate();
    Attributes dataSet =
        new Attributes()
            .setString(Tag.SOPClassUID, UID.SecondaryCaptureImageStorage)
            .setString(Tag.SOPInstanceUID, sop)
            .setString(Tag.StudyInstanceUID, study)
            .setString(Tag.SeriesInstanceUID, UID.generate());
    ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    head.putShort((short) 0x7FE0).putShort((short) 0x0010).put("OB".getBytes()).putShort((short) 0);
    head.putInt((int) pixels).flip();
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomOutputStream.writeFile(
          FileMeta.of(UID.SecondaryCaptureImageStorage, sop, UID.ExplicitVRLittleEndian),
          dataSet,
          out);
      out.write(head.array());
    }
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(sparse.length() + pixels);
    }
  }

  static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
