package org.regionalpacs.wado.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;

/** The main header of a JPEG 2000 codestream (ISO/IEC 15444-1 A), and the boxes around it (I). */
final class Jpeg2000Header {
  private static final int SIGNATURE_BOX = 0x6A502020;
  private static final int CODESTREAM_BOX = 0x6A703263;
  private static final int MOST_BOXES = 1000;
  private static final int SOC = 0xFF4F;
  private static final int SIZ = 0xFF51;
  private static final int COD = 0xFF52;
  private static final int SOT = 0xFF90;

  private long rows;
  private long columns;
  private int samples;
  private int depth;
  private Optional<Boolean> reversible = Optional.empty();
  private boolean componentTransform;

  private Jpeg2000Header() {}

  static Codestream read(BulkData file, ByteSource spool) throws IOException {
    Jpeg2000Header header = new Jpeg2000Header();
    try {
      BulkData place = unboxed(file, spool);
      try (DataInputStream in = open(place, spool)) {
        if (in.readUnsignedShort() != SOC) {
          throw noStream();
        }
        header.segments(in);
      }
      return new Codestream(place, header.syntaxes(), header.description());
    } catch (EOFException e) {
      throw noStream();
    }
  }

  private static DataInputStream open(BulkData place, ByteSource spool) throws IOException {
    return new DataInputStream(spool.open(place.offset(), place.length()));
  }

  private static RefusedObjectException noStream() {
    return new RefusedObjectException(
        FailureReason.CANNOT_UNDERSTAND, "the compressed pixel data is no JPEG 2000 codestream");
  }

  /** DICOM holds the codestream without the JP2 file format (PS3.5 A.4.4). */
  private static BulkData unboxed(BulkData file, ByteSource spool) throws IOException {
    long position = file.offset();
    long end = file.offset() + file.length();
    for (int box = 0; box < MOST_BOXES; box++) {
      try (DataInputStream in = open(new BulkData(position, end - position), spool)) {
        long length = Integer.toUnsignedLong(in.readInt());
        int type = in.readInt();
        if (box == 0 && type != SIGNATURE_BOX) {
          return file;
        }
        int head = length == 1 ? 16 : 8;
        length = length == 1 ? in.readLong() : length == 0 ? end - position : length;
        if (length < head || length > end - position) {
          throw noStream();
        }
        if (type == CODESTREAM_BOX) {
          return new BulkData(position + head, length - head);
        }
        position += length;
      }
    }
    throw noStream();
  }

  private void segments(DataInputStream in) throws IOException {
    for (int marker = in.readUnsignedShort(); marker != SOT; marker = in.readUnsignedShort()) {
      int length = in.readUnsignedShort() - 2;
      if (marker < 0xFF00 || length < 0) {
        throw noStream();
      }
      byte[] segment = in.readNBytes(length);
      if (segment.length < length) {
        throw noStream();
      }
      if (marker == SIZ && length >= 37) {
        columns = number(segment, 2) - number(segment, 10);
        rows = number(segment, 6) - number(segment, 14);
        samples = (int) (number(segment, 32) & 0xFFFF);
        depth = segment[36] & 0xFF;
      } else if (marker == COD && length >= 10) {
        componentTransform = segment[4] != 0;
        reversible = Optional.of(segment[9] == 1);
      }
    }
  }

  private static long number(byte[] bytes, int at) {
    return (bytes[at] & 0xFFL) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }

  private List<String> syntaxes() {
    if (reversible.isEmpty()) {
      return List.of();
    }
    return reversible.get()
        ? List.of(UID.JPEG2000Lossless, UID.JPEG2000, UID.JPEG2000MCLossless, UID.JPEG2000MC)
        : List.of(UID.JPEG2000, UID.JPEG2000MC);
  }

  private Optional<PixelDescription> description() {
    boolean image = rows > 0 && rows <= 0xFFFF && columns > 0 && columns <= 0xFFFF;
    if (!image || samples != 1 && samples != 3) {
      return Optional.empty();
    }
    return Optional.of(
        new PixelDescription(
            (int) rows,
            (int) columns,
            samples,
            (depth & 0x7F) + 1,
            (depth & 0x80) != 0,
            photometric()));
  }

  private String photometric() {
    if (samples == 1) {
      return "MONOCHROME2";
    }
    if (!componentTransform) {
      return "RGB";
    }
    return reversible.orElse(false) ? "YBR_RCT" : "YBR_ICT";
  }
}
