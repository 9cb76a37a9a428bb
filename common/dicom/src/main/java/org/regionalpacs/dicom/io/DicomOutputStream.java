package org.regionalpacs.dicom.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Tag;

/** Writes data sets in any transfer syntax (PS3.5) and Part 10 files (PS3.10). */
public final class DicomOutputStream {
  private static final byte[] MAGIC = "DICM".getBytes(StandardCharsets.US_ASCII);

  /** Group 0002 is the one group that has its length (PS3.10 7.1). */
  private static final WriteOptions WITH_GROUP_LENGTH = WriteOptions.DEFAULT.withGroupLengths();

  private DicomOutputStream() {}

  /**
   * Writes a data set whose values are all in memory. Group lengths are left out; sequences and
   * items get undefined lengths. The stream is flushed, not closed.
   *
   * @throws IllegalArgumentException when a value was left in its source
   */
  public static void writeDataSet(Attributes dataSet, String transferSyntax, OutputStream out)
      throws IOException {
    write(dataSet, transferSyntax, Optional.empty(), WriteOptions.DEFAULT, out);
  }

  /**
   * Writes a data set, copying values that were left in their source from there.
   *
   * @param source {@link DicomInputStream#valueSource()} of the stream it was read from
   */
  public static void writeDataSet(
      Attributes dataSet, String transferSyntax, ByteSource source, OutputStream out)
      throws IOException {
    write(dataSet, transferSyntax, Optional.of(source), WriteOptions.DEFAULT, out);
  }

  /**
   * Writes a data set in a way of the caller's choice. Lengths are computed beforehand; memory is
   * needed for a number an item.
   *
   * @param source where values that aren't in memory are; an empty one when all are
   * @throws NoPixelDataException when offset tables are asked for and it can't be told which
   *     fragments make which frame
   * @throws IllegalArgumentException when a value, or the reach of a Basic Offset Table, is longer
   *     than 4 GB
   */
  public static void writeDataSet(
      Attributes dataSet,
      String transferSyntax,
      ByteSource source,
      WriteOptions options,
      OutputStream out)
      throws IOException {
    write(dataSet, transferSyntax, Optional.of(source), options, out);
  }

  /** Writes a Part 10 file: preamble, group 0002 with its length, data set. */
  public static void writeFile(Attributes fileMeta, Attributes dataSet, OutputStream out)
      throws IOException {
    writeFileMeta(fileMeta, out);
    writeDataSet(dataSet, fileMeta.getString(Tag.TransferSyntaxUID).orElseThrow(), out);
  }

  /** Writes preamble, magic and group 0002 with its length. */
  public static void writeFileMeta(Attributes fileMeta, OutputStream out) throws IOException {
    Attributes elements = new Attributes();
    for (Element element : fileMeta) {
      if (Tag.group(element.tag()) == 2) {
        elements.setBytes(element.tag(), element.vr(), (byte[]) element.value());
      }
    }
    out.write(new byte[128]);
    out.write(MAGIC);
    new DataSetWriter(
            out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN, Optional.empty(), WITH_GROUP_LENGTH)
        .write(elements);
  }

  private static void write(
      Attributes dataSet,
      String transferSyntax,
      Optional<ByteSource> source,
      WriteOptions options,
      OutputStream out)
      throws IOException {
    TransferSyntax syntax = TransferSyntax.of(transferSyntax);
    if (!syntax.isDeflated()) {
      new DataSetWriter(out, syntax, source, options).write(dataSet);
      out.flush();
      return;
    }
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, 8192);
      new DataSetWriter(deflated, syntax, source, options).write(dataSet);
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
