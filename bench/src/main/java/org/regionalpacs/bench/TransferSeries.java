package org.regionalpacs.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;

/** The series that are transferred: made, with noise as a scanner leaves it. */
enum TransferSeries {
  /** 512 x 512 pixels, 12 bits stored in 16: a body with the noise of a reconstruction. */
  CT(UID.CTImageStorage, 2) {
    @Override
    Samples picture(int number, int side) {
      return CodecFrames.CT.frame(number, side);
    }
  },
  /** 256 x 256 pixels, 12 bits stored in 16: a head in the noise of magnitudes (Rice). */
  MR(UID.MRImageStorage, 1) {
    @Override
    Samples picture(int number, int side) {
      ImageDescription image =
          new ImageDescription(side, side, Photometric.MONOCHROME2, 16, 12, 11, false, false);
      Random random = new Random(number);
      byte[] bytes = new byte[2 * side * side];
      for (int y = 0, at = 0; y < side; y++) {
        for (int x = 0; x < side; x++, at += 2) {
          double signal = signal(2.0 * x / side - 1, 2.0 * y / side - 1, number);
          double real = signal + NOISE * random.nextGaussian();
          double imaginary = NOISE * random.nextGaussian();
          int value = (int) Math.min(4095, Math.hypot(real, imaginary));
          bytes[at] = (byte) value;
          bytes[at + 1] = (byte) (value >> 8);
        }
      }
      return Samples.of(image, bytes);
    }
  };

  /** A hundredth of the brightest tissue. */
  private static final double NOISE = 10;

  private final String sopClass;
  private final int scale;

  TransferSeries(String sopClass, int scale) {
    this.sopClass = sopClass;
    this.scale = scale;
  }

  /** The pixels of an image, always the same for a number. */
  abstract Samples picture(int number, int side);

  /** Rows and columns, of a head's when that has so many. */
  int side(int ofAHead) {
    return scale * ofAHead;
  }

  /** Skin, skull, liquid, grey and white matter. */
  private static double signal(double x, double y, int number) {
    double radius = x * x / 0.62 + y * y / 0.86;
    if (radius > 1) {
      return 0;
    }
    if (radius > 0.92) {
      return 900;
    }
    if (radius > 0.84) {
      return 60;
    }
    double folds = Math.sin(19 * x + 0.2 * number) * Math.sin(17 * y - 0.15 * number);
    if (radius > 0.78) {
      return 180;
    }
    boolean ventricle = Math.pow(Math.abs(x) - 0.12, 2) / 0.008 + y * y / 0.09 < 1;
    if (ventricle) {
      return 160;
    }
    return folds > 0.25 ? 520 + 25 * folds : 680 + 25 * folds;
  }

  /** A series of its own, as Part 10 files in memory. */
  List<byte[]> make(int images, int ofAHead) throws IOException {
    String study = UID.generate();
    String series = UID.generate();
    List<byte[]> files = new ArrayList<>();
    for (int number = 1; number <= images; number++) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      Attributes image = image(picture(number, side(ofAHead)), number);
      image.setString(Tag.StudyInstanceUID, study).setString(Tag.SeriesInstanceUID, series);
      String instance = image.getString(Tag.SOPInstanceUID, "");
      DicomOutputStream.writeFile(
          FileMeta.of(sopClass, instance, UID.ExplicitVRLittleEndian), image, file);
      files.add(file.toByteArray());
    }
    return files;
  }

  private Attributes image(Samples samples, int number) {
    ImageDescription image = samples.image();
    return new Attributes()
        .setString(Tag.ImageType, "ORIGINAL", "PRIMARY")
        .setString(Tag.SOPClassUID, sopClass)
        .setString(Tag.SOPInstanceUID, UID.generate())
        .setString(Tag.StudyDate, "20250102")
        .setString(Tag.Modality, name())
        .setString(Tag.PatientName, "Synthetic^Person")
        .setString(Tag.PatientID, "SYN0000001")
        .setInt(Tag.SeriesNumber, 1)
        .setInt(Tag.InstanceNumber, number)
        .setInt(Tag.SamplesPerPixel, 1)
        .setString(Tag.PhotometricInterpretation, image.photometric().name())
        .setInt(Tag.Rows, image.rows())
        .setInt(Tag.Columns, image.columns())
        .setInt(Tag.BitsAllocated, image.bitsAllocated())
        .setInt(Tag.BitsStored, image.bitsStored())
        .setInt(Tag.HighBit, image.highBit())
        .setInt(Tag.PixelRepresentation, 0)
        .setBytes(Tag.PixelData, VR.OW, samples.bytes());
  }
}
