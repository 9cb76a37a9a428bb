package org.regionalpacs.test;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;

/**
 * Small synthetic CT objects in Explicit VR Little Endian: 16 by 16 pixels of 16 bits. Every one
 * belongs to the study, series and patient that this maker was given, and has a UID of its own.
 *
 * @param patientId Patient ID
 * @param patientName Patient's Name, in UTF-8
 * @param studyUid Study Instance UID
 * @param seriesUid Series Instance UID
 */
public record SampleObjects(
    String patientId, String patientName, String studyUid, String seriesUid) {
  /** Rows and columns. */
  public static final int SIZE = 16;

  /** A new study of a new patient. */
  public static SampleObjects newStudy() {
    String unique = UUID.randomUUID().toString().substring(0, 8);
    return new SampleObjects("P-" + unique, "Sample^" + unique, newUid(), newUid());
  }

  /** The same study, another series. */
  public SampleObjects newSeries() {
    return new SampleObjects(patientId, patientName, studyUid, newUid());
  }

  /** A new image; its pixels differ with its number. */
  public Attributes image(int instanceNumber) {
    byte[] pixels = new byte[SIZE * SIZE * Short.BYTES];
    for (int i = 0; i < pixels.length; i += Short.BYTES) {
      pixels[i] = (byte) (i / Short.BYTES + instanceNumber);
      pixels[i + 1] = (byte) (instanceNumber & 0x0F);
    }
    return new Attributes()
        .setString(Tag.SpecificCharacterSet, "ISO_IR 192")
        .setString(Tag.SOPClassUID, UID.CTImageStorage)
        .setString(Tag.SOPInstanceUID, newUid())
        .setString(Tag.StudyDate, "20260102")
        .setString(Tag.StudyTime, "030405")
        .setString(Tag.AccessionNumber, "A1")
        .setString(Tag.Modality, "CT")
        .setString(Tag.ReferringPhysicianName, "Referrer^Ruth")
        .setString(Tag.StudyDescription, "Sample study")
        .setString(Tag.SeriesDescription, "Sample series")
        .setString(Tag.PatientName, patientName)
        .setString(Tag.PatientID, patientId)
        .setString(Tag.PatientBirthDate, "19700102")
        .setString(Tag.PatientSex, "O")
        .setString(Tag.StudyInstanceUID, studyUid)
        .setString(Tag.SeriesInstanceUID, seriesUid)
        .setString(Tag.StudyID, "1")
        .setInt(Tag.SeriesNumber, 1)
        .setInt(Tag.InstanceNumber, instanceNumber)
        .setInt(Tag.SamplesPerPixel, 1)
        .setString(Tag.PhotometricInterpretation, "MONOCHROME2")
        .setInt(Tag.Rows, SIZE)
        .setInt(Tag.Columns, SIZE)
        .setInt(Tag.BitsAllocated, 16)
        .setInt(Tag.BitsStored, 12)
        .setInt(Tag.HighBit, 11)
        .setInt(Tag.PixelRepresentation, 0)
        .setInt(Tag.RescaleIntercept, -1024)
        .setInt(Tag.RescaleSlope, 1)
        .setBytes(Tag.PixelData, VR.OW, pixels);
  }

  /** Writes new images, numbered from 1, as Part 10 files into the folder. */
  public List<Path> write(Path folder, int count) {
    List<Path> files = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      files.add(write(image(number), folder));
    }
    return files;
  }

  /** Writes an object as a Part 10 file, named by its SOP Instance UID. */
  public static Path write(Attributes object, Path folder) {
    String sopClass = object.getString(Tag.SOPClassUID, "");
    String sopInstance = object.getString(Tag.SOPInstanceUID, "");
    Path file = folder.resolve(sopInstance + ".dcm");
    try {
      Files.createDirectories(folder);
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        Attributes meta = FileMeta.of(sopClass, sopInstance, UID.ExplicitVRLittleEndian);
        DicomOutputStream.writeFile(meta, object, out);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A UID that nobody else has: 2.25 and a random UUID. */
  public static String newUid() {
    UUID uuid = UUID.randomUUID();
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    return "2.25." + new BigInteger(1, bytes.array());
  }
}
