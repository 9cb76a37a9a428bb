package org.regionalpacs.codec.transcode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.Written;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.dicom.io.PixelFrames;

/** Objects to transcode, and what was made of them. */
final class Made {
  /** 12 of 16 bits. */
  static final ImageDescription GREY =
      new ImageDescription(5, 7, Photometric.MONOCHROME2, 16, 12, 11, false, false);

  static final ImageDescription COLOR =
      new ImageDescription(6, 9, Photometric.RGB, 8, 8, 7, false, false);

  private Made() {}

  /** A data set of some frames, each with other samples, that aren't compressed. */
  static Attributes dataSet(ImageDescription image, int frames) {
    return dataSet(image, frames, 0);
  }

  /**
   * The same with noise beside the samples.
   *
   * @param noise in which bits that don't count
   */
  static Attributes dataSet(ImageDescription image, int frames, int noise) {
    int counted = (1 << image.bitsStored()) - 1 << image.highBit() + 1 - image.bitsStored();
    int size = image.bitsAllocated() / 8;
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    for (int frame = 0; frame < frames; frame++) {
      byte[] bytes = Written.picture(image).bytes().clone();
      bytes[0] = (byte) frame;
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] &= (byte) ((counted | noise) >> 8 * (i % size));
      }
      pixels.writeBytes(bytes);
    }
    Attributes dataSet = Written.attributes(image);
    if (frames > 1) {
      dataSet.setInt(Tag.NumberOfFrames, frames);
    }
    VR vr = image.bitsAllocated() > 8 ? VR.OW : VR.OB;
    return dataSet.setBytes(Tag.PixelData, vr, pixels.toByteArray());
  }

  /** A data set of frames that are compressed, of any bytes. */
  static Attributes encapsulated(ImageDescription image, byte[]... frames) {
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    for (byte[] frame : frames) {
      fragments.add(Arrays.copyOf(frame, frame.length + frame.length % 2));
    }
    Attributes dataSet = Written.attributes(image);
    if (frames.length > 1) {
      dataSet.setInt(Tag.NumberOfFrames, frames.length);
    }
    return dataSet.set(Tag.PixelData, VR.OB, fragments);
  }

  static byte[] file(Attributes dataSet, String transferSyntax) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      DicomOutputStream.writeFile(
          FileMeta.of(
              dataSet.getString(Tag.SOPClassUID, ""),
              dataSet.getString(Tag.SOPInstanceUID, ""),
              transferSyntax),
          dataSet,
          out);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** All of an object, in memory. */
  static Attributes read(byte[] file) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(ByteSource.of(file))) {
      return in.readDataSet();
    }
  }

  static Attributes meta(byte[] file) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(ByteSource.of(file))) {
      return in.fileMeta().orElseThrow();
    }
  }

  static Samples samples(byte[] file, int frame) throws IOException {
    ByteSource source = ByteSource.of(file);
    PixelFrames frames = PixelFrames.of(source);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    frames.copy(source, frame, bytes);
    return Codecs.inProcess()
        .decoder(frames.transferSyntax())
        .orElseThrow()
        .decode(bytes.toByteArray(), frames.transferSyntax(), ImageDescription.of(Made.read(file)));
  }
}
