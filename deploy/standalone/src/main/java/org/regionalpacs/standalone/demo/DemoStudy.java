package org.regionalpacs.standalone.demo;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;

/**
 * A CT of the chest in two series: thick slices with contrast for the soft parts, thin ones for the
 * lungs. Patient and pixels follow from the seed, UIDs are new each time.
 */
public final class DemoStudy {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.SSS");

  /** How much of the body is scanned, in mm. */
  private static final double COVERAGE = 240;

  /** Stored value 0, in Hounsfield units. */
  private static final int INTERCEPT = -1024;

  private final Phantom phantom;
  private final DemoPatient patient;
  private final String physician;
  private final LocalDateTime taken;
  private final String accession;
  private final String studyUid = newUid();
  private final String frameOfReference = newUid();
  private final List<Series> series;

  private record Series(
      int number,
      String uid,
      int count,
      String description,
      String kernel,
      double sigma,
      boolean contrast,
      int centre,
      int width) {

    double spacing() {
      return COVERAGE / count;
    }
  }

  /**
   * A study.
   *
   * @param seed decides the patient and the pixels
   * @param images how many in all, at least 2
   * @param taken when the patient was scanned
   */
  public DemoStudy(long seed, int images, LocalDateTime taken) {
    Random random = new Random(seed);
    this.phantom = new Phantom(seed);
    this.patient = DemoPatient.of(random, taken.toLocalDate());
    this.physician = DemoPatient.physician(random);
    this.accession = "A%07d".formatted(random.nextInt(10_000_000));
    this.taken = taken;
    int thick = Math.max(1, images / 3);
    this.series =
        List.of(
            new Series(2, newUid(), thick, "Chest soft tissue C+", "STANDARD", 11, true, 40, 400),
            new Series(3, newUid(), images - thick, "Chest lung", "LUNG", 26, false, -600, 1500));
  }

  /** Study Instance UID. */
  public String uid() {
    return studyUid;
  }

  /** The patient in a line. */
  public String describe() {
    return "%s, %s, %s, born %s, accession number %s"
        .formatted(
            patient.name().replace('^', ' '),
            patient.id(),
            patient.sex(),
            patient.birthDate(),
            accession);
  }

  /** Series Instance UIDs. */
  public List<String> seriesUids() {
    return series.stream().map(Series::uid).toList();
  }

  /** The images, each made when it is asked for. */
  public Stream<Attributes> images() {
    return series.stream()
        .flatMap(one -> IntStream.range(0, one.count()).mapToObj(index -> image(one, index)));
  }

  private Attributes image(Series one, int index) {
    Attributes image = new Attributes();
    // First: the text that follows is encoded in it.
    image.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
    addPatientAndStudy(image);
    addSeries(image, one);
    addPlane(image, one, index);
    addPixels(image, one, index);
    return image;
  }

  private void addPatientAndStudy(Attributes image) {
    LocalDate day = taken.toLocalDate();
    image
        .setString(Tag.PatientName, patient.name())
        .setString(Tag.PatientID, patient.id())
        .setString(Tag.PatientBirthDate, DATE.format(patient.birthDate()))
        .setString(Tag.PatientSex, patient.sex())
        .setString(Tag.PatientAge, patient.age(day))
        .setString(Tag.StudyInstanceUID, studyUid)
        .setString(Tag.StudyDate, DATE.format(taken))
        .setString(Tag.StudyTime, TIME.format(taken))
        .setString(Tag.StudyID, accession.substring(1, 5))
        .setString(Tag.AccessionNumber, accession)
        .setString(Tag.ReferringPhysicianName, physician)
        .setString(Tag.StudyDescription, "CT chest with contrast")
        .setString(Tag.Manufacturer, "Regional PACS")
        .setString(Tag.ManufacturerModelName, "Phantom")
        .setString(Tag.SoftwareVersions, "1")
        .setString(Tag.InstitutionName, "Demonstration Hospital")
        .setString(Tag.StationName, "DEMO_CT");
  }

  private void addSeries(Attributes image, Series one) {
    image
        .setString(Tag.Modality, "CT")
        .setString(Tag.SeriesInstanceUID, one.uid())
        .setInt(Tag.SeriesNumber, one.number())
        .setString(Tag.SeriesDate, DATE.format(taken))
        .setString(Tag.SeriesTime, TIME.format(taken.plusSeconds(30L * one.number())))
        .setString(Tag.SeriesDescription, one.description())
        .setString(Tag.ProtocolName, "Chest routine")
        .setString(Tag.BodyPartExamined, "CHEST")
        .setString(Tag.PatientPosition, "HFS")
        .setString(Tag.FrameOfReferenceUID, frameOfReference)
        .setEmpty(Tag.PositionReferenceIndicator)
        .setString(Tag.KVP, "120")
        .setString(Tag.ExposureTime, "500")
        .setString(Tag.XRayTubeCurrent, "220")
        .setString(Tag.ConvolutionKernel, one.kernel())
        .setInt(Tag.AcquisitionNumber, one.number() - 1);
    if (one.contrast()) {
      image.setString(Tag.ContrastBolusAgent, "Iodinated contrast");
    }
  }

  private void addPlane(Attributes image, Series one, int index) {
    LocalDateTime exposed = taken.plusSeconds(30L * one.number()).plusNanos(index * 50_000_000L);
    double half = (Phantom.SIZE - 1) / 2.0 * Phantom.PIXEL_MM;
    // From the apex down, as the patient goes through the gantry.
    double location = COVERAGE / 2 - (index + 0.5) * one.spacing();
    image
        .setString(Tag.SOPClassUID, UID.CTImageStorage)
        .setString(Tag.SOPInstanceUID, newUid())
        .setString(Tag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
        .setInt(Tag.InstanceNumber, index + 1)
        .setString(Tag.AcquisitionDate, DATE.format(exposed))
        .setString(Tag.AcquisitionTime, TIME.format(exposed))
        .setString(Tag.ContentDate, DATE.format(exposed))
        .setString(Tag.ContentTime, TIME.format(exposed))
        .setDouble(Tag.ImagePositionPatient, -half, -half, location)
        .setDouble(Tag.ImageOrientationPatient, 1, 0, 0, 0, 1, 0)
        .setDouble(Tag.PixelSpacing, Phantom.PIXEL_MM, Phantom.PIXEL_MM)
        .setDouble(Tag.SliceThickness, one.spacing())
        .setDouble(Tag.SliceLocation, location)
        .setDouble(Tag.ReconstructionDiameter, Phantom.SIZE * Phantom.PIXEL_MM);
  }

  private void addPixels(Attributes image, Series one, int index) {
    double z = 1 - (index + 0.5) / one.count();
    short[] hounsfield = phantom.slice(z, one.sigma(), one.contrast(), index);
    ByteBuffer pixels =
        ByteBuffer.allocate(hounsfield.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (short value : hounsfield) {
      pixels.putShort((short) (value - INTERCEPT));
    }
    image
        .setInt(Tag.SamplesPerPixel, 1)
        .setString(Tag.PhotometricInterpretation, "MONOCHROME2")
        .setInt(Tag.Rows, Phantom.SIZE)
        .setInt(Tag.Columns, Phantom.SIZE)
        .setInt(Tag.BitsAllocated, 16)
        .setInt(Tag.BitsStored, 12)
        .setInt(Tag.HighBit, 11)
        .setInt(Tag.PixelRepresentation, 0)
        .setInt(Tag.RescaleIntercept, INTERCEPT)
        .setInt(Tag.RescaleSlope, 1)
        .setString(Tag.RescaleType, "HU")
        .setInt(Tag.WindowCenter, one.centre())
        .setInt(Tag.WindowWidth, one.width())
        .setBytes(Tag.PixelData, VR.OW, pixels.array());
  }

  /** A UID made from a random UUID (PS3.5 B.2). */
  private static String newUid() {
    UUID uuid = UUID.randomUUID();
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    return "2.25." + new BigInteger(1, bytes.array());
  }
}
