package org.regionalpacs.codec.jpeg;

import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Wanted;

/**
 * The rounded coefficients of a component.
 *
 * @param columns blocks of a row
 * @param values 64 of each block in the order in which they are coded, row by row of blocks
 */
record Blocks(int columns, short[] values) {
  private static final int SIDE = 8;

  /**
   * Transforms a component.
   *
   * @param precision 8 or 12 bits of a sample
   * @param wide blocks of it in an MCU; the last MCU of a row is filled
   * @param pixels of a row that an MCU has
   */
  static Blocks of(Plane plane, int precision, Quantization steps, int wide, int pixels) {
    ImageDescription image = plane.samples().image();
    int columns = Math.ceilDiv(image.columns(), pixels) * wide;
    int rows = Math.ceilDiv(image.rows(), SIDE);
    short[] values = new short[Math.multiplyExact(rows, columns * SIDE * SIDE)];
    ForwardDct transform = new ForwardDct(precision);
    int[][] lines = new int[SIDE][columns * SIDE];
    int[] line = new int[image.columns()];
    int[] block = new int[SIDE * SIDE];
    for (int row = 0; row < rows; row++) {
      Wanted.check();
      for (int y = 0; y < SIDE; y++) {
        plane.read(row * SIDE + y, 1 << precision - 1, line, lines[y]);
      }
      for (int column = 0; column < columns; column++) {
        for (int y = 0; y < SIDE; y++) {
          System.arraycopy(lines[y], column * SIDE, block, y * SIDE, SIDE);
        }
        transform.apply(block);
        steps.round(block, values, (row * columns + column) * SIDE * SIDE);
      }
    }
    return new Blocks(columns, values);
  }

  /** Rows of blocks. */
  int rows() {
    return values.length / (columns * SIDE * SIDE);
  }

  /** Where a block begins. */
  int at(int row, int column) {
    return (row * columns + column) * SIDE * SIDE;
  }
}
