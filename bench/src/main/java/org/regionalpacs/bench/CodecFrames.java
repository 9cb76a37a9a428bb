package org.regionalpacs.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * Frames that codecs are measured with: a body with lungs, vessels and the noise of a
 * reconstruction, so that lossless codecs reach ratios as with clinical images.
 */
enum CodecFrames {
  /** 12 bits stored in 16. */
  CT("CT, 12 of 16 bits", Photometric.MONOCHROME2, 16, 12),
  /** 8 bits a color. */
  RGB("RGB, 8 bits", Photometric.RGB, 8, 8);

  private final String text;
  private final Photometric photometric;
  private final int allocated;
  private final int stored;

  CodecFrames(String text, Photometric photometric, int allocated, int stored) {
    this.text = text;
    this.photometric = photometric;
    this.allocated = allocated;
    this.stored = stored;
  }

  String text() {
    return text;
  }

  /** So many frames, always the same. */
  List<Samples> make(int count, int side) {
    List<Samples> frames = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      frames.add(frame(number, side));
    }
    return frames;
  }

  /** One of them. */
  Samples frame(int number, int side) {
    ImageDescription image =
        new ImageDescription(side, side, photometric, allocated, stored, stored - 1, false, false);
    Random random = new Random(number);
    int channels = photometric.samples();
    byte[] bytes = new byte[(int) image.frameBytes()];
    double[] noise = new double[channels];
    for (int y = 0, at = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double tissue = tissue(2.0 * x / side - 1, 2.0 * y / side - 1, number);
        for (int channel = 0; channel < channels; channel++) {
          noise[channel] = 0.6 * noise[channel] + 12 * random.nextGaussian();
          double level = tissue < 0 ? 0 : tissue + noise[channel] - 100 * channel;
          int value = (int) Math.clamp(level, 0, 4095) >> 12 - stored;
          bytes[at++] = (byte) value;
          if (allocated == 16) {
            bytes[at++] = (byte) (value >> 8);
          }
        }
      }
    }
    return Samples.of(image, bytes);
  }

  /** Attenuation in Hounsfield units, and 1024 more; negative outside of the field of view. */
  private static double tissue(double x, double y, int number) {
    if (x * x + y * y > 0.98) {
      return -1;
    }
    boolean body = x * x / 0.72 + y * y / 0.42 < 1;
    if (!body) {
      return 24;
    }
    double lung = Math.pow(Math.abs(x) - 0.38, 2) / 0.07 + Math.pow(y + 0.05, 2) / 0.14;
    double spine = x * x + Math.pow(y - 0.42, 2);
    double vessel = Math.sin(21 * x + number * 0.3) * Math.sin(17 * y - number * 0.2);
    if (spine < 0.014) {
      return 1500 + 200 * vessel;
    }
    return lung < 1 ? 170 + (vessel > 0.9 ? 700 : 40 * vessel) : 1070 + 30 * vessel;
  }

  /** A multi-frame object that isn't compressed. */
  void write(Path file, List<Samples> frames) throws IOException {
    ImageDescription image = frames.getFirst().image();
    int length = frames.getFirst().bytes().length;
    byte[] pixels = new byte[length * frames.size()];
    for (int i = 0; i < frames.size(); i++) {
      System.arraycopy(frames.get(i).bytes(), 0, pixels, i * length, length);
    }
    String instance = UID.generate();
    Attributes attributes =
        new Attributes()
            .setString(Tag.SOPClassUID, UID.SecondaryCaptureImageStorage)
            .setString(Tag.SOPInstanceUID, instance)
            .setString(Tag.StudyInstanceUID, UID.generate())
            .setString(Tag.SeriesInstanceUID, UID.generate())
            .setInt(Tag.SamplesPerPixel, photometric.samples())
            .setString(Tag.PhotometricInterpretation, photometric.name())
            .setString(Tag.NumberOfFrames, Integer.toString(frames.size()))
            .setInt(Tag.Rows, image.rows())
            .setInt(Tag.Columns, image.columns())
            .setInt(Tag.BitsAllocated, allocated)
            .setInt(Tag.BitsStored, stored)
            .setInt(Tag.HighBit, stored - 1)
            .setInt(Tag.PixelRepresentation, 0);
    if (photometric.samples() > 1) {
      attributes.setInt(Tag.PlanarConfiguration, 0);
    }
    attributes.setBytes(Tag.PixelData, allocated == 8 ? VR.OB : VR.OW, pixels);
    Attributes meta =
        FileMeta.of(UID.SecondaryCaptureImageStorage, instance, UID.ExplicitVRLittleEndian);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      DicomOutputStream.writeFile(meta, attributes, out);
    }
  }

  /** A folder of pictures in PGM or PPM, of which words are big endian. */
  void writePictures(Path folder, List<Samples> frames) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < frames.size(); i++) {
      ImageDescription image = frames.get(i).image();
      boolean grey = photometric.samples() == 1;
      byte[] pixels = frames.get(i).bytes().clone();
      for (int at = 0; allocated == 16 && at < pixels.length; at += 2) {
        byte low = pixels[at];
        pixels[at] = pixels[at + 1];
        pixels[at + 1] = low;
      }
      String head =
          "%s\n%d %d\n%d\n"
              .formatted(grey ? "P5" : "P6", image.columns(), image.rows(), (1 << stored) - 1);
      Path file = folder.resolve("f%04d.%s".formatted(i, grey ? "pgm" : "ppm"));
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(pixels);
      }
    }
  }
}
