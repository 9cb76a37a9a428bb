package org.regionalpacs.codec.openjpeg;

import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.dicom.data.ByteOrder;

/**
 * What the main header of a JPEG 2000 codestream says (ISO/IEC 15444-1 A.5.1, A.6.1).
 *
 * @param start where the codestream begins: after the boxes of a JP2 file, which some put into
 *     DICOM though PS3.5 8.2.4 has none
 * @param tiles how many there are
 * @param precision bits of a sample
 * @param signed whether samples are in two's complement
 * @param transformed whether three components are made of red, green and blue
 * @param reversible whether the wavelet is the reversible one
 */
record CodestreamHeader(
    int start,
    long columns,
    long rows,
    long tiles,
    int components,
    int precision,
    boolean signed,
    boolean transformed,
    boolean reversible) {

  private static final int SOC_SIZ = 0xFF4FFF51;
  private static final int COD = 0xFF52;
  private static final int SOT = 0xFF90;
  private static final int SIZ_FIXED = 38;
  private static final int SIGNATURE_BOX = 0x6A502020;
  private static final int CODESTREAM_BOX = 0x6A703263;

  static CodestreamHeader of(byte[] bytes) throws CodecException {
    int start = start(bytes);
    if (start < 0
        || bytes.length - start < 4 + SIZ_FIXED
        || ByteOrder.int32(bytes, start, true) != SOC_SIZ) {
      throw new CorruptFrameException("a frame is no JPEG 2000 codestream");
    }
    int siz = start + 4;
    int length = ByteOrder.uint16(bytes, siz, true);
    int components = ByteOrder.uint16(bytes, siz + 36, true);
    if (length < SIZ_FIXED + 3 * components || siz + length > bytes.length || components == 0) {
      throw new CorruptFrameException("the header of a JPEG 2000 codestream is cut off");
    }
    long columns = number(bytes, siz + 4) - number(bytes, siz + 12);
    long rows = number(bytes, siz + 8) - number(bytes, siz + 16);
    int depth = bytes[siz + SIZ_FIXED] & 0xFF;
    for (int i = 0; i < components; i++) {
      int at = siz + SIZ_FIXED + 3 * i;
      if ((bytes[at] & 0xFF) != depth || bytes[at + 1] != 1 || bytes[at + 2] != 1) {
        throw new UnsupportedImageException("JPEG 2000 with components that differ in size");
      }
    }
    int cod = cod(bytes, siz + length);
    return new CodestreamHeader(
        start,
        columns,
        rows,
        tiles(bytes, siz),
        components,
        (depth & 0x7F) + 1,
        depth > 0x7F,
        bytes[cod + 8] == 1,
        bytes[cod + 13] == 1);
  }

  private static long tiles(byte[] bytes, int siz) throws CorruptFrameException {
    long count = 1;
    for (int axis = 0; axis < 2; axis++) {
      long end = number(bytes, siz + 4 + 4 * axis);
      long size = number(bytes, siz + 20 + 4 * axis);
      long first = number(bytes, siz + 28 + 4 * axis);
      if (size == 0 || first > end) {
        throw new CorruptFrameException("a JPEG 2000 codestream has tiles that can't be");
      }
      count *= Math.ceilDiv(end - first, size);
    }
    return count;
  }

  /** Where the codestream begins; negative when there is none. */
  private static int start(byte[] bytes) {
    boolean boxed = bytes.length >= 12 && ByteOrder.int32(bytes, 4, true) == SIGNATURE_BOX;
    long at = 0;
    while (boxed && at >= 0 && at + 8 <= bytes.length) {
      int here = (int) at;
      long length = number(bytes, here);
      boolean large = length == 1 && here + 16 <= bytes.length;
      if (ByteOrder.int32(bytes, here + 4, true) == CODESTREAM_BOX) {
        return here + (large ? 16 : 8);
      }
      long whole = large ? ByteOrder.int64(bytes, here + 8, true) : length;
      if (whole < 8 || whole > bytes.length) {
        return -1;
      }
      at += whole;
    }
    return boxed ? -1 : 0;
  }

  /** Where the marker of the default coding style is. */
  private static int cod(byte[] bytes, int from) throws CorruptFrameException {
    int at = from;
    while (at + 4 <= bytes.length) {
      int marker = ByteOrder.uint16(bytes, at, true);
      if (marker == COD && at + 14 <= bytes.length) {
        return at;
      }
      if (marker == SOT || marker < 0xFF00) {
        break;
      }
      at += 2 + ByteOrder.uint16(bytes, at + 2, true);
    }
    throw new CorruptFrameException("a JPEG 2000 codestream has no coding style");
  }

  private static long number(byte[] bytes, int at) {
    return ByteOrder.int32(bytes, at, true) & 0xFFFF_FFFFL;
  }
}
