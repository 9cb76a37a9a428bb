package org.regionalpacs.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;

/** Images for encoders, and files of what they make, for other programs to read. */
public final class Written {
  private Written() {}

  /** Slopes with a little noise, and every bit that doesn't count at random. */
  public static Samples picture(ImageDescription image) {
    Random random = new Random(image.bitsStored());
    int size = image.bitsAllocated() / 8;
    byte[] bytes = new byte[Math.toIntExact(image.frameBytes())];
    random.nextBytes(bytes);
    int samples = bytes.length / size;
    long mask = (1L << image.bitsStored()) - 1;
    for (int i = 0; i < samples; i++) {
      long slope = i * 37L % image.columns() * 5 + i / image.columns() + random.nextInt(3);
      long value = slope & mask;
      long rest = random.nextLong() & ~(mask << image.highBit() - image.bitsStored() + 1);
      long word = value << image.highBit() - image.bitsStored() + 1 | rest;
      for (int b = 0; b < size; b++) {
        bytes[i * size + b] = (byte) (word >> 8 * b);
      }
    }
    return Samples.of(image, bytes);
  }

  /** The attributes that say what a description does. */
  public static Attributes attributes(ImageDescription image) {
    int samples = image.photometric().samples();
    Attributes attributes =
        new Attributes()
            .setString(Tag.SOPClassUID, UID.SecondaryCaptureImageStorage)
            .setString(Tag.SOPInstanceUID, "1.2.3.4")
            .setString(Tag.StudyInstanceUID, "1.2.3")
            .setString(Tag.SeriesInstanceUID, "1.2.3.1")
            .setInt(Tag.SamplesPerPixel, samples)
            .setString(Tag.PhotometricInterpretation, image.photometric().name())
            .setInt(Tag.Rows, image.rows())
            .setInt(Tag.Columns, image.columns())
            .setInt(Tag.BitsAllocated, image.bitsAllocated())
            .setInt(Tag.BitsStored, image.bitsStored())
            .setInt(Tag.HighBit, image.highBit())
            .setInt(Tag.PixelRepresentation, image.signed() ? 1 : 0);
    return samples == 1
        ? attributes
        : attributes.setInt(Tag.PlanarConfiguration, image.planar() ? 1 : 0);
  }

  /** A file with one frame. */
  public static Path file(Path file, EncodedFrame frame, String transferSyntax) throws IOException {
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    byte[] bytes = frame.bytes();
    fragments.add(Arrays.copyOf(bytes, bytes.length + bytes.length % 2));
    Attributes attributes = attributes(frame.image()).set(Tag.PixelData, VR.OB, fragments);
    return file(file, attributes, transferSyntax);
  }

  /** A file with one frame that isn't compressed. */
  public static Path file(Path file, Samples samples) throws IOException {
    Attributes attributes = attributes(samples.image());
    attributes.setBytes(Tag.PixelData, VR.OW, samples.bytes());
    return file(file, attributes, UID.ExplicitVRLittleEndian);
  }

  private static Path file(Path file, Attributes attributes, String transferSyntax)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomOutputStream.writeFile(
          FileMeta.of(UID.SecondaryCaptureImageStorage, "1.2.3.4", transferSyntax),
          attributes,
          out);
    }
    return file;
  }
}
