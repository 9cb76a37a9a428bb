package org.regionalpacs.codec.jpeg;

/**
 * Makes a component as fine as the picture, as the IJG's library does ("fancy upsampling"): where
 * it has half of the columns, each sample is three parts of the nearest one and one of the next
 * nearest, and where it has half of the columns and half of the rows, that in both directions.
 * Otherwise samples are repeated.
 */
final class Upsampling {
  private final int wide;
  private final int high;
  private final boolean smooth;

  /** Samples of the component that have something of the picture. */
  private final int columns;

  private final int rows;

  /** What a line of the picture is between, weighted and not divided yet. */
  private final int[] sums;

  private Upsampling(int wide, int high, boolean smooth, int columns, int rows) {
    this.wide = wide;
    this.high = high;
    this.smooth = smooth;
    this.columns = columns;
    this.rows = rows;
    this.sums = new int[columns];
  }

  /**
   * @param wide columns of the picture that share a sample
   * @param high rows that do
   */
  static Upsampling of(FrameHeader frame, int wide, int high) {
    int columns = Math.ceilDiv(frame.columns(), wide);
    int rows = Math.ceilDiv(frame.rows(), high);
    // Of so few columns none has two neighbours.
    boolean smooth = wide == 2 && high <= 2 && columns > 2;
    return new Upsampling(wide, high, smooth, columns, rows);
  }

  /**
   * Puts lines into a picture, all that can be told without those that follow.
   *
   * @param first number of the third line
   * @param lines of the component: two that were last, and those after them
   */
  void put(int first, int[][] lines, int place, Picture picture) {
    boolean waits = smooth && high == 2;
    int from = waits && first > 0 ? first - 1 : first;
    int end = Math.min(first + lines.length - 2, rows);
    boolean last = end == rows;
    for (int y = from; y < (waits && !last ? end - 1 : end); y++) {
      int[] line = lines[y - first + 2];
      for (int part = 0; part < high; part++) {
        int row = y * high + part;
        if (row >= picture.shape().rows()) {
          break;
        }
        if (!smooth) {
          repeat(line, row, place, picture);
        } else if (high == 1) {
          weigh(line, line, 1, picture, row, place);
        } else {
          int other = Math.clamp(part == 0 ? y - 1 : y + 1, 0, rows - 1);
          weigh(line, lines[other - first + 2], 4, picture, row, place);
        }
      }
    }
  }

  private void repeat(int[] line, int row, int place, Picture picture) {
    if (wide == 1) {
      picture.line(row, place, line, 0);
      return;
    }
    for (int x = 0; x < picture.shape().columns(); x++) {
      picture.sample(row, x, place, line[x / wide]);
    }
  }

  /**
   * A row of the picture.
   *
   * @param parts of the lines' sum: 1 when there is one line, else 4
   */
  private void weigh(int[] near, int[] far, int parts, Picture picture, int row, int place) {
    for (int x = 0; x < columns; x++) {
      sums[x] = parts == 1 ? near[x] : near[x] * 3 + far[x];
    }
    // Rounded the other way at every second column, so that nothing becomes lighter.
    int down = parts == 1 ? 2 : 4;
    int left = parts == 1 ? 1 : 8;
    int right = parts == 1 ? 2 : 7;
    int end = columns - 1;
    for (int x = 0; x < columns; x++) {
      int three = sums[x] * 3;
      int before = x == 0 ? sums[0] * 4 + left >> down : three + sums[x - 1] + left >> down;
      int after = x == end ? sums[end] * 4 + right >> down : three + sums[x + 1] + right >> down;
      picture.sample(row, 2 * x, place, before);
      if (2 * x + 1 < picture.shape().columns()) {
        picture.sample(row, 2 * x + 1, place, after);
      }
    }
  }
}
