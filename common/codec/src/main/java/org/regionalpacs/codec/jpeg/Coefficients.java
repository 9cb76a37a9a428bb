package org.regionalpacs.codec.jpeg;

import java.util.Optional;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.Wanted;

/** The coefficients of a component, block by block. */
final class Coefficients {
  private static final int SIDE = 8;
  private static final int BLOCK = SIDE * SIDE;

  private final FrameHeader frame;
  private final Component component;
  private final int stride;
  private final short[] values;
  private Optional<int[]> quantization = Optional.empty();

  Coefficients(FrameHeader frame, Component component) {
    this.frame = frame;
    this.component = component;
    int rows = Math.ceilDiv(frame.rows(), SIDE * frame.down()) * component.down();
    this.stride = Math.ceilDiv(frame.columns(), SIDE * frame.across()) * component.across();
    this.values = new short[Math.multiplyExact(rows * stride, BLOCK)];
  }

  short[] values() {
    return values;
  }

  /** Where the values of a block begin. */
  int at(int row, int column) {
    return (row * stride + column) * BLOCK;
  }

  /** Rows of blocks that have something of the picture. */
  int rows() {
    return Math.ceilDiv(Math.ceilDiv(frame.rows() * component.down(), frame.down()), SIDE);
  }

  /** Blocks of a row that have something of the picture. */
  int columns() {
    int samples = Math.ceilDiv(frame.columns() * component.across(), frame.across());
    return Math.ceilDiv(samples, SIDE);
  }

  /** Keeps the table of the first scan, which later ones don't change. */
  void quantizeBy(int[] table) {
    if (quantization.isEmpty()) {
      quantization = Optional.of(table);
    }
  }

  /** Puts the samples into a picture. */
  void show(Picture picture) throws CorruptFrameException {
    int[] steps =
        quantization.orElseThrow(
            () -> new CorruptFrameException("a JPEG codestream lacks a component"));
    InverseDct transform = new InverseDct(frame.precision());
    int wide = frame.across() / component.across();
    int high = frame.down() / component.down();
    Upsampling upsampling = Upsampling.of(frame, wide, high);
    // A row of blocks, after the last line of the one before and the one before that.
    int[][] lines = new int[SIDE + 2][columns() * SIDE];
    int rows = rows();
    for (int row = 0; row < rows; row++) {
      Wanted.check();
      int[][] kept = {lines[SIDE], lines[SIDE + 1]};
      lines[SIDE] = lines[0];
      lines[SIDE + 1] = lines[1];
      lines[0] = kept[0];
      lines[1] = kept[1];
      samples(row, steps, transform, lines);
      upsampling.put(row * SIDE, lines, component.place(), picture);
    }
  }

  /** The samples of a row of blocks, from the third line on. */
  private void samples(int row, int[] steps, InverseDct transform, int[][] lines) {
    int[] block = new int[BLOCK];
    int columns = lines[0].length / SIDE;
    for (int column = 0; column < columns; column++) {
      int at = at(row, column);
      for (int i = 0; i < BLOCK; i++) {
        block[i] = values[at + i] * steps[i];
      }
      transform.apply(block);
      for (int y = 0; y < SIDE; y++) {
        System.arraycopy(block, y * SIDE, lines[2 + y], column * SIDE, SIDE);
      }
    }
  }
}
