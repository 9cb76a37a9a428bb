package org.regionalpacs.codec.jpeg;

/** Where decoded samples go: pixel by pixel, little endian. */
record Picture(Shape shape, byte[] bytes) {

  static Picture of(Shape shape) {
    int pixels = Math.multiplyExact(shape.rows(), shape.columns());
    return new Picture(
        shape, new byte[Math.multiplyExact(pixels, shape.components() * shape.size())]);
  }

  /** Puts a line of a component. */
  void line(int row, int component, int[] values, int up) {
    int size = shape.size();
    int columns = shape.columns();
    int step = shape.components() * size;
    int at = row * columns * step + component * size;
    for (int x = 0; x < columns; x++, at += step) {
      int value = values[x] << up;
      bytes[at] = (byte) value;
      if (size > 1) {
        bytes[at + 1] = (byte) (value >> 8);
      }
    }
  }

  /** Puts a sample. */
  void sample(int row, int column, int component, int value) {
    int at = ((row * shape.columns() + column) * shape.components() + component) * shape.size();
    bytes[at] = (byte) value;
    if (shape.size() > 1) {
      bytes[at + 1] = (byte) (value >> 8);
    }
  }
}
