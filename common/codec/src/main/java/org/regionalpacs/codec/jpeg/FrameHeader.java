package org.regionalpacs.codec.jpeg;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.dicom.data.ByteOrder;

/**
 * A frame header (T.81 B.2.2).
 *
 * @param process of which its marker tells
 * @param precision bits of a sample
 */
record FrameHeader(
    Process process, int precision, int rows, int columns, List<Component> components) {

  /** How samples are coded. */
  enum Process {
    SEQUENTIAL,
    PROGRESSIVE,
    LOSSLESS;

    static Process of(int marker) throws UnsupportedImageException {
      return switch (marker) {
        case 0xC0, 0xC1 -> SEQUENTIAL;
        case 0xC2 -> PROGRESSIVE;
        case 0xC3 -> LOSSLESS;
        default -> throw new UnsupportedImageException("JPEG of a process that isn't decoded here");
      };
    }
  }

  /**
   * Reads one.
   *
   * @param at where its content begins
   * @param length bytes of it
   */
  static FrameHeader of(int marker, byte[] bytes, int at, int length) throws CodecException {
    Process process = Process.of(marker);
    int count = length < 6 ? 0 : bytes[at + 5] & 0xFF;
    if (count == 0 || length < 6 + 3 * count) {
      throw new CorruptFrameException("the frame header of a JPEG codestream is cut off");
    }
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int here = at + 6 + 3 * i;
      // A lone component is coded sample by sample or block by block, whatever its factors are.
      int factors = count == 1 ? 0x11 : bytes[here + 1] & 0xFF;
      int across = factors >> 4;
      int down = factors & 15;
      int table = bytes[here + 2] & 0xFF;
      if (across < 1 || across > 4 || down < 1 || down > 4 || table > 3) {
        throw new CorruptFrameException("a JPEG component has factors that can't be");
      }
      components.add(new Component(i, bytes[here] & 0xFF, across, down, table));
    }
    return new FrameHeader(
        process,
        bytes[at] & 0xFF,
        ByteOrder.uint16(bytes, at + 1, true),
        ByteOrder.uint16(bytes, at + 3, true),
        components);
  }

  /** Blocks, or samples, of the most finely sampled component in the width of an MCU. */
  int across() {
    int most = 1;
    for (Component component : components) {
      most = Math.max(most, component.across());
    }
    return most;
  }

  /** The same in its height. */
  int down() {
    int most = 1;
    for (Component component : components) {
      most = Math.max(most, component.down());
    }
    return most;
  }
}
