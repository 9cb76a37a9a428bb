package org.regionalpacs.codec;

import java.util.OptionalInt;
import org.regionalpacs.dicom.data.ByteOrder;

/**
 * What the markers before the first scan of a JPEG codestream say (ISO/IEC 10918-1 B.2).
 *
 * @param lossless whether it is coded without DCT
 * @param precision bits of a sample
 * @param rows its lines
 * @param columns samples of a line
 * @param components number of components
 * @param named whether the components are called R, G and B
 * @param jfif whether it is a JFIF file, which is in YCbCr
 * @param adobeTransform of the APP14 marker: 0 none, 1 YCbCr
 */
record JpegHeader(
    boolean lossless,
    int precision,
    int rows,
    int columns,
    int components,
    boolean named,
    boolean jfif,
    OptionalInt adobeTransform) {

  private static final int SOF3 = 0xC3;
  private static final int SOI = 0xD8;
  private static final int SOS = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP14 = 0xEE;

  /**
   * @throws CorruptFrameException when it is no JPEG codestream
   * @throws UnsupportedImageException when it is coded otherwise than by sequential or progressive
   *     DCT, or without loss, all in Huffman codes
   */
  static JpegHeader of(byte[] bytes) throws CodecException {
    if (bytes.length < 4 || marker(bytes, 0) != SOI) {
      throw new CorruptFrameException("a frame is no JPEG codestream");
    }
    boolean jfif = false;
    OptionalInt adobe = OptionalInt.empty();
    int at = 2;
    while (at + 4 <= bytes.length) {
      int marker = marker(bytes, at);
      int length = ByteOrder.uint16(bytes, at + 2, true);
      if (marker == 0xFF) {
        at++;
        continue;
      }
      if (marker < 0xC0 || marker == SOS || length < 2 || at + 2 + length > bytes.length) {
        break;
      }
      if (marker == APP0) {
        jfif |= startsWith(bytes, at + 4, "JFIF");
      } else if (marker == APP14 && length >= 14 && startsWith(bytes, at + 4, "Adobe")) {
        adobe = OptionalInt.of(bytes[at + 15] & 0xFF);
      } else if (isFrame(marker) && length >= 8) {
        return frame(bytes, at, length, jfif, adobe);
      }
      at += 2 + length;
    }
    throw new CorruptFrameException("a JPEG codestream has no frame header");
  }

  private static JpegHeader frame(byte[] bytes, int at, int length, boolean jfif, OptionalInt adobe)
      throws CodecException {
    int marker = marker(bytes, at);
    if (marker > SOF3) {
      throw new UnsupportedImageException("JPEG of a process that isn't decoded here");
    }
    int components = bytes[at + 9] & 0xFF;
    if (length < 8 + 3 * components) {
      throw new CorruptFrameException("the frame header of a JPEG codestream is cut off");
    }
    boolean named =
        components == 3 && bytes[at + 10] == 'R' && bytes[at + 13] == 'G' && bytes[at + 16] == 'B';
    return new JpegHeader(
        marker == SOF3,
        bytes[at + 4] & 0xFF,
        ByteOrder.uint16(bytes, at + 5, true),
        ByteOrder.uint16(bytes, at + 7, true),
        components,
        named,
        jfif,
        adobe);
  }

  /** SOF0 to SOF15; among them are DHT, JPG and DAC. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static int marker(byte[] bytes, int at) {
    return bytes[at] == (byte) 0xFF ? bytes[at + 1] & 0xFF : 0;
  }

  private static boolean startsWith(byte[] bytes, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (at + i >= bytes.length || bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
