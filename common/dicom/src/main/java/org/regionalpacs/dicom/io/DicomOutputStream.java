package org.regionalpacs.dicom.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;

/** Writes data sets in any transfer syntax (PS3.5) and Part 10 files (PS3.10). */
public final class DicomOutputStream {
  private static final byte[] MAGIC = "DICM".getBytes(StandardCharsets.US_ASCII);

  private DicomOutputStream() {}

  /**
   * Writes a data set whose values are all in memory. Group lengths are left out; sequences and
   * items get undefined lengths. The stream is flushed, not closed.
   *
   * @throws IllegalArgumentException when a value was left in its source
   */
  public static void writeDataSet(Attributes dataSet, String transferSyntax, OutputStream out)
      throws IOException {
    write(dataSet, transferSyntax, Optional.empty(), out);
  }

  /**
   * Writes a data set, copying values that were left in their source from there.
   *
   * @param source {@link DicomInputStream#valueSource()} of the stream it was read from
   */
  public static void writeDataSet(
      Attributes dataSet, String transferSyntax, ByteSource source, OutputStream out)
      throws IOException {
    write(dataSet, transferSyntax, Optional.of(source), out);
  }

  /** Writes a Part 10 file: preamble, group 0002 with its length, data set. */
  public static void writeFile(Attributes fileMeta, Attributes dataSet, OutputStream out)
      throws IOException {
    writeFileMeta(fileMeta, out);
    writeDataSet(dataSet, fileMeta.getString(Tag.TransferSyntaxUID).orElseThrow(), out);
  }

  /** Writes preamble, magic and group 0002 with its length. */
  public static void writeFileMeta(Attributes fileMeta, OutputStream out) throws IOException {
    ByteArrayOutputStream group = new ByteArrayOutputStream(512);
    Attributes elements = new Attributes();
    for (Element element : fileMeta) {
      if (Tag.group(element.tag()) == 2 && Tag.element(element.tag()) != 0) {
        elements.setBytes(element.tag(), element.vr(), (byte[]) element.value());
      }
    }
    writeDataSet(elements, UID.ExplicitVRLittleEndian, group);
    Attributes length =
        new Attributes().setInt(Tag.FileMetaInformationGroupLength, VR.UL, group.size());
    out.write(new byte[128]);
    out.write(MAGIC);
    new DataSetWriter(out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN, Optional.empty(), true)
        .write(length);
    group.writeTo(out);
  }

  private static void write(
      Attributes dataSet, String transferSyntax, Optional<ByteSource> source, OutputStream out)
      throws IOException {
    TransferSyntax syntax = TransferSyntax.of(transferSyntax);
    if (!syntax.isDeflated()) {
      new DataSetWriter(out, syntax, source, false).write(dataSet);
      out.flush();
      return;
    }
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, 8192);
      new DataSetWriter(deflated, syntax, source, false).write(dataSet);
      deflated.finish();
      if (deflater.getBytesWritten() % 2 != 0) {
        // PS3.5 A.5: a deflated data set of odd length is padded by a zero byte.
        out.write(0);
      }
      out.flush();
    } finally {
      deflater.end();
    }
  }
}
