package org.regionalpacs.codec.jpeg;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Wanted;

/** Coding by DCT, sequential (T.81 Annex F) or progressive (Annex G). */
final class DctScans implements ScanDecoder {
  private final FrameHeader frame;
  private final Picture picture;
  private final List<Coefficients> coefficients = new ArrayList<>();

  DctScans(FrameHeader frame, Picture picture) throws UnsupportedImageException {
    this.frame = frame;
    this.picture = picture;
    for (Component component : frame.components()) {
      if (frame.across() % component.across() != 0 || frame.down() % component.down() != 0) {
        throw new UnsupportedImageException("JPEG with components of sizes that don't fit");
      }
    }
    for (Component component : frame.components()) {
      coefficients.add(new Coefficients(frame, component));
    }
  }

  @Override
  public void read(Scan scan, Tables tables, EntropyBits bits) throws CodecException {
    boolean progressive = frame.process() == FrameHeader.Process.PROGRESSIVE;
    List<BlockReader> readers = new ArrayList<>();
    for (Scan.Part part : scan.parts()) {
      Coefficients to = coefficients.get(part.component().place());
      to.quantizeBy(tables.quantization(part.component().quantization()));
      readers.add(BlockReader.of(progressive, scan, part, tables, bits));
    }
    Intervals intervals = new Intervals(tables.restartInterval(), bits, readers);
    if (readers.size() == 1) {
      alone(scan.parts().getFirst().component(), readers.getFirst(), intervals);
    } else {
      interleaved(scan, readers, intervals);
    }
  }

  /** Every block of a component, without those that only fill the last MCUs (T.81 A.2.2). */
  private void alone(Component component, BlockReader reader, Intervals intervals)
      throws CodecException {
    Coefficients to = coefficients.get(component.place());
    for (int row = 0; row < to.rows(); row++) {
      Wanted.check();
      for (int column = 0; column < to.columns(); column++) {
        intervals.next();
        reader.read(to.values(), to.at(row, column));
      }
    }
  }

  /** MCU after MCU (T.81 A.2.3). */
  private void interleaved(Scan scan, List<BlockReader> readers, Intervals intervals)
      throws CodecException {
    int rows = Math.ceilDiv(frame.rows(), 8 * frame.down());
    int columns = Math.ceilDiv(frame.columns(), 8 * frame.across());
    for (int row = 0; row < rows; row++) {
      Wanted.check();
      for (int column = 0; column < columns; column++) {
        intervals.next();
        for (int i = 0; i < readers.size(); i++) {
          Component component = scan.parts().get(i).component();
          Coefficients to = coefficients.get(component.place());
          for (int block = 0; block < component.across() * component.down(); block++) {
            int y = row * component.down() + block / component.across();
            int x = column * component.across() + block % component.across();
            readers.get(i).read(to.values(), to.at(y, x));
          }
        }
      }
    }
  }

  @Override
  public void end() throws CodecException {
    for (Coefficients one : coefficients) {
      one.show(picture);
    }
  }

  /** Restarts where an interval ends. */
  private static final class Intervals {
    private final int length;
    private final EntropyBits bits;
    private final List<BlockReader> readers;
    private int left;

    Intervals(int length, EntropyBits bits, List<BlockReader> readers) {
      this.length = length;
      this.bits = bits;
      this.readers = readers;
      this.left = length;
    }

    /** Before every MCU. */
    void next() throws CodecException {
      if (length == 0) {
        return;
      }
      if (left == 0) {
        bits.restart();
        readers.forEach(BlockReader::restart);
        left = length;
      }
      left--;
    }
  }
}
