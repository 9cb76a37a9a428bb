package org.regionalpacs.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;

/**
 * Lossless HTJ2K of images of one frame in grey words, by OpenJPH's {@code ojph_compress}: the
 * product decodes it and doesn't encode it.
 */
final class OpenjphEncoder {
  static final String PROGRAM = "ojph_compress";

  private OpenjphEncoder() {}

  /** A file in the transfer syntax HTJ2K Lossless. */
  static byte[] encode(byte[] file, Path scratch) throws IOException {
    Samples samples = StoredSeries.samples(file);
    Path picture = scratch.resolve("picture.pgm");
    Path codestream = scratch.resolve("picture.j2c");
    Files.write(picture, pgm(samples));
    CodecTool.run(List.of(PROGRAM, "-i", picture, "-o", codestream, "-reversible", "true"));
    byte[] bytes = Files.readAllBytes(codestream);
    Fragments fragments = new Fragments();
    fragments.add(new byte[0]);
    fragments.add(bytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 4096);
    try (DicomInputStream in = DicomInputStream.of(ByteSource.of(file))) {
      Attributes dataSet = in.readDataSet().set(Tag.PixelData, VR.OB, fragments);
      DicomOutputStream.writeFile(
          FileMeta.of(
              dataSet.getString(Tag.SOPClassUID, ""),
              dataSet.getString(Tag.SOPInstanceUID, ""),
              UID.HTJ2KLossless),
          dataSet,
          out);
    }
    return out.toByteArray();
  }

  private static byte[] pgm(Samples samples) throws IOException {
    ImageDescription image = samples.image();
    ByteArrayOutputStream pgm = new ByteArrayOutputStream();
    String head =
        "P5\n%d %d\n%d\n".formatted(image.columns(), image.rows(), (1 << image.bitsStored()) - 1);
    pgm.write(head.getBytes(StandardCharsets.US_ASCII));
    pgm.write(ByteOrder.swapped(samples.bytes(), 2));
    return pgm.toByteArray();
  }
}
