package org.regionalpacs.wado.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;

/**
 * The marker segments of JPEG (ISO/IEC 10918-1 B) and JPEG-LS (14495-1 C) before the first scan.
 */
final class JpegHeader {
  private static final int SOI = 0xFFD8;
  private static final int SOS = 0xFFDA;
  private static final int APP14 = 0xFFEE;

  private int process = -1;
  private int bits;
  private int rows;
  private int columns;
  private int samples;
  private boolean subsampled;
  private boolean adobeRgb;
  private int selection;

  private JpegHeader() {}

  static Codestream read(BulkData place, ByteSource spool) throws IOException {
    JpegHeader header = new JpegHeader();
    try (DataInputStream in = new DataInputStream(spool.open(place.offset(), place.length()))) {
      if (in.readUnsignedShort() != SOI) {
        throw noStream();
      }
      header.segments(in);
    } catch (EOFException e) {
      throw noStream();
    }
    return new Codestream(place, header.syntaxes(), header.description());
  }

  private static RefusedObjectException noStream() {
    return new RefusedObjectException(
        FailureReason.CANNOT_UNDERSTAND, "the compressed pixel data is no JPEG stream");
  }

  private void segments(DataInputStream in) throws IOException {
    int marker;
    do {
      marker = in.readUnsignedShort();
      while (marker == 0xFFFF) {
        marker = 0xFF00 | in.readUnsignedByte();
      }
      int length = in.readUnsignedShort() - 2;
      if (marker < 0xFFC0 || length < 0) {
        throw noStream();
      }
      byte[] segment = in.readNBytes(length);
      if (segment.length < length) {
        throw noStream();
      }
      take(marker, segment);
    } while (marker != SOS);
  }

  private void take(int marker, byte[] segment) throws IOException {
    switch (marker) {
      case 0xFFC0, 0xFFC1, 0xFFC2, 0xFFC3, 0xFFF7 -> {
        if (segment.length < 9) {
          throw noStream();
        }
        process = marker & 0xFF;
        bits = segment[0] & 0xFF;
        rows = word(segment, 1);
        columns = word(segment, 3);
        samples = segment[5] & 0xFF;
        subsampled = (segment[7] & 0xF0) > 0x10;
      }
      case APP14 -> adobeRgb = segment.length >= 12 && segment[11] == 0;
      case SOS -> selection = segment.length < 3 ? 0 : segment[segment.length - 3] & 0xFF;
      default -> {
        // Tables and comments.
      }
    }
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }

  /** Of lossless JPEG the predictor decides, of JPEG-LS the allowed error: both in the scan. */
  private List<String> syntaxes() {
    return switch (process) {
      case 0xC0 -> List.of(UID.JPEGBaseline8Bit, UID.JPEGExtended12Bit);
      case 0xC1 -> List.of(UID.JPEGExtended12Bit);
      case 0xC2 ->
          List.of(
              UID.JPEGFullProgressionNonHierarchical1012,
              UID.JPEGSpectralSelectionNonHierarchical68);
      case 0xC3 ->
          selection == 1
              ? List.of(UID.JPEGLosslessSV1, UID.JPEGLossless)
              : List.of(UID.JPEGLossless);
      case 0xF7 ->
          selection == 0
              ? List.of(UID.JPEGLSLossless, UID.JPEGLSNearLossless)
              : List.of(UID.JPEGLSNearLossless);
      default -> List.of();
    };
  }

  private Optional<PixelDescription> description() {
    if (rows == 0 || columns == 0 || samples != 1 && samples != 3) {
      return Optional.empty();
    }
    return Optional.of(new PixelDescription(rows, columns, samples, bits, false, photometric()));
  }

  private String photometric() {
    if (samples == 1) {
      return "MONOCHROME2";
    }
    boolean lossy = process >= 0xC0 && process <= 0xC2;
    if (!lossy || adobeRgb) {
      return "RGB";
    }
    return subsampled ? "YBR_FULL_422" : "YBR_FULL";
  }
}
