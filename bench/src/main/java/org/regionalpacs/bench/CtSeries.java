package org.regionalpacs.bench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;

/** One synthetic CT series: pixels of 16 bits, about 60 elements; 525 KB an image of 512 by 512. */
final class CtSeries {
  private static final int SIDE = 512;

  private static final byte[] PIXEL_DATA = {(byte) 0xE0, 0x7F, 0x10, 0x00, 'O', 'W', 0, 0};

  private final Random random;
  private final int side;
  private final String patientId;
  private final String study = UID.generate();
  private final String series = UID.generate();
  private final String frameOfReference = UID.generate();

  /**
   * @param seed decides the pixels
   */
  CtSeries(long seed) {
    this(seed, SIDE, "SYN0000001");
  }

  CtSeries(long seed, int side, String patientId) {
    this.random = new Random(seed);
    this.side = side;
    this.patientId = patientId;
  }

  /** Writes so many images, in Explicit VR Little Endian, into a folder that is made. */
  void write(Path folder, int images) throws IOException {
    Files.createDirectories(folder);
    for (int number = 1; number <= images; number++) {
      String instance = UID.generate();
      Attributes meta = FileMeta.of(UID.CTImageStorage, instance, UID.ExplicitVRLittleEndian);
      Path file = folder.resolve("im%04d.dcm".formatted(number));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024)) {
        DicomOutputStream.writeFile(meta, image(instance, number), out);
      }
    }
  }

  /**
   * Makes so many images in memory.
   *
   * @param pictures pixels for them, in turn
   */
  MadeStudy make(int images, List<byte[]> pictures) throws IOException {
    List<MadeImage> made = new ArrayList<>();
    for (int number = 1; number <= images; number++) {
      String instance = UID.generate();
      byte[] pixels = pictures.get(number % pictures.size());
      ByteArrayOutputStream head = new ByteArrayOutputStream(2048);
      DicomOutputStream.writeDataSet(header(instance, number), UID.ExplicitVRLittleEndian, head);
      head.write(PIXEL_DATA);
      head.write(
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(pixels.length).array());
      made.add(new MadeImage(instance, head.toByteArray(), pixels));
    }
    return new MadeStudy(study, series, patientId, made);
  }

  private Attributes image(String instance, int number) {
    ByteBuffer pixels = ByteBuffer.allocate(2 * side * side);
    fill(pixels, random);
    return header(instance, number).setBytes(Tag.PixelData, VR.OW, pixels.array());
  }

  /** Everything but the pixels. */
  private Attributes header(String instance, int number) {
    Attributes image = new Attributes();
    general(image, instance);
    acquisition(image, number);
    description(image);
    return image;
  }

  /** Random pixels of 12 bits. */
  static void fill(ByteBuffer pixels, Random random) {
    pixels.order(ByteOrder.LITTLE_ENDIAN);
    while (pixels.hasRemaining()) {
      pixels.putShort((short) random.nextInt(1 << 12));
    }
  }

  private void general(Attributes image, String instance) {
    image
        .setString(Tag.SpecificCharacterSet, "ISO_IR 100")
        .setString(Tag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
        .setString(Tag.SOPClassUID, UID.CTImageStorage)
        .setString(Tag.SOPInstanceUID, instance)
        .setString(Tag.StudyDate, "20250102")
        .setString(Tag.SeriesDate, "20250102")
        .setString(Tag.AcquisitionDate, "20250102")
        .setString(Tag.ContentDate, "20250102")
        .setString(Tag.StudyTime, "101500.000")
        .setString(Tag.SeriesTime, "101700.000")
        .setString(Tag.AccessionNumber, "A0000001")
        .setString(Tag.Modality, "CT")
        .setString(Tag.Manufacturer, "SYNTHETIC")
        .setString(Tag.InstitutionName, "Synthetic Hospital")
        .setString(Tag.ReferringPhysicianName, "Referrer^One")
        .setString(Tag.StationName, "CT01")
        .setString(Tag.StudyDescription, "CT CHEST")
        .setString(Tag.SeriesDescription, "AX 1.25 LUNG")
        .setString(Tag.ManufacturerModelName, "PHANTOM-1")
        .setString(Tag.PatientName, "Synthetic^Person")
        .setString(Tag.PatientID, patientId)
        .setString(Tag.PatientBirthDate, "19600102")
        .setString(Tag.PatientSex, "F")
        .setString(Tag.PatientAge, "065Y")
        .setString(Tag.StudyInstanceUID, study)
        .setString(Tag.SeriesInstanceUID, series)
        .setString(Tag.StudyID, "1")
        .setInt(Tag.SeriesNumber, 2)
        .setString(Tag.FrameOfReferenceUID, frameOfReference);
    Attributes procedure = new Attributes();
    procedure
        .setString(Tag.CodeValue, "CTCHEST")
        .setString(Tag.CodingSchemeDesignator, "99SYN")
        .setString(Tag.CodeMeaning, "CT CHEST");
    image.newSequence(Tag.ProcedureCodeSequence).add(procedure);
  }

  private static void acquisition(Attributes image, int number) {
    double z = -1.25 * number;
    image
        .setString(Tag.BodyPartExamined, "CHEST")
        .setDouble(Tag.SliceThickness, 1.25)
        .setString(Tag.KVP, "120")
        .setString(Tag.DataCollectionDiameter, "500")
        .setString(Tag.ReconstructionDiameter, "400")
        .setString(Tag.GantryDetectorTilt, "0")
        .setString(Tag.ExposureTime, "500")
        .setString(Tag.XRayTubeCurrent, "200")
        .setString(Tag.Exposure, "100")
        .setString(Tag.ConvolutionKernel, "LUNG")
        .setString(Tag.PatientPosition, "HFS")
        .setInt(Tag.AcquisitionNumber, 1)
        .setInt(Tag.InstanceNumber, number)
        .setDouble(Tag.ImagePositionPatient, -199.6, -199.6, z)
        .setDouble(Tag.ImageOrientationPatient, 1, 0, 0, 0, 1, 0)
        .setEmpty(Tag.PositionReferenceIndicator)
        .setDouble(Tag.SliceLocation, z);
  }

  private void description(Attributes image) {
    image
        .setInt(Tag.SamplesPerPixel, 1)
        .setString(Tag.PhotometricInterpretation, "MONOCHROME2")
        .setInt(Tag.Rows, side)
        .setInt(Tag.Columns, side)
        .setDouble(Tag.PixelSpacing, 0.78125, 0.78125)
        .setInt(Tag.BitsAllocated, 16)
        .setInt(Tag.BitsStored, 12)
        .setInt(Tag.HighBit, 11)
        .setInt(Tag.PixelRepresentation, 0)
        .setString(Tag.WindowCenter, "-600")
        .setString(Tag.WindowWidth, "1500")
        .setString(Tag.RescaleIntercept, "-1024")
        .setString(Tag.RescaleSlope, "1")
        .setString(Tag.RescaleType, "HU");
  }
}
