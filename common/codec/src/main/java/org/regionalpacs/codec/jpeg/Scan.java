package org.regionalpacs.codec.jpeg;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.codec.CorruptFrameException;

/**
 * A scan header (T.81 B.2.3).
 *
 * @param parts its components, with their tables
 * @param from first coefficient; without DCT, the predictor
 * @param to last coefficient
 * @param above bits that scans before have already brought, 0 when there was none
 * @param below bits that are left for later scans; without DCT, the point transform
 */
record Scan(List<Part> parts, int from, int to, int above, int below) {

  /**
   * A component in a scan.
   *
   * @param dc number of its table for frequency 0, or for differences
   * @param ac number of its table for the other coefficients
   */
  record Part(Component component, int dc, int ac) {}

  static Scan of(FrameHeader frame, byte[] bytes, int at, int length) throws CorruptFrameException {
    int count = length < 1 ? 0 : bytes[at] & 0xFF;
    if (count < 1 || count > 4 || length < 4 + 2 * count) {
      throw new CorruptFrameException("a scan header of a JPEG codestream is cut off");
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = bytes[at + 1 + 2 * i] & 0xFF;
      int tables = bytes[at + 2 + 2 * i] & 0xFF;
      parts.add(new Part(component(frame, id), tables >> 4, tables & 15));
    }
    if (parts.stream().map(Part::component).distinct().count() < count) {
      throw new CorruptFrameException("a JPEG scan has a component twice");
    }
    int end = at + 1 + 2 * count;
    int bits = bytes[end + 2] & 0xFF;
    return new Scan(parts, bytes[end] & 0xFF, bytes[end + 1] & 0xFF, bits >> 4, bits & 15);
  }

  private static Component component(FrameHeader frame, int id) throws CorruptFrameException {
    return frame.components().stream()
        .filter(one -> one.id() == id)
        .findFirst()
        .orElseThrow(() -> new CorruptFrameException("a JPEG scan has an unknown component"));
  }
}
