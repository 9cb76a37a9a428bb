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
    InverseDct transform = new InverseDct(frame.precision(), picture.shape().greatest());
    int[] block = new int[BLOCK];
    int wide = frame.across() / component.across();
    int high = frame.down() / component.down();
    for (int row = 0; row < rows(); row++) {
      Wanted.check();
      for (int column = 0; column < columns(); column++) {
        int at = at(row, column);
        for (int i = 0; i < BLOCK; i++) {
          block[i] = values[at + i] * steps[i];
        }
        transform.apply(block);
        put(picture, block, row * SIDE * high, column * SIDE * wide, high, wide);
      }
    }
  }

  /** Each sample as often as the component is coarser than the picture. */
  private void put(Picture picture, int[] block, int top, int left, int high, int wide) {
    int rows = Math.min(SIDE * high, picture.shape().rows() - top);
    int columns = Math.min(SIDE * wide, picture.shape().columns() - left);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int value = block[y / high * SIDE + x / wide];
        picture.sample(top + y, left + x, component.place(), value);
      }
    }
  }
}
