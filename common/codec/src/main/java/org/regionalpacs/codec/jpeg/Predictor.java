package org.regionalpacs.codec.jpeg;

/** What a sample is taken for by its neighbours (T.81 Table H.1). Sums are modulo 65536. */
enum Predictor {
  LEFT {
    @Override
    void undo(int[] line, int[] above) {
      first(line, above[0]);
    }

    @Override
    void differences(int[] line, int[] above, int[] to) {
      firstDifferences(line, above[0], to);
    }
  },
  ABOVE {
    @Override
    void undo(int[] line, int[] above) {
      for (int x = 0; x < line.length; x++) {
        line[x] = line[x] + above[x] & 0xFFFF;
      }
    }

    @Override
    void differences(int[] line, int[] above, int[] to) {
      for (int x = 0; x < line.length; x++) {
        to[x] = line[x] - above[x];
      }
    }
  },
  ABOVE_LEFT {
    @Override
    void undo(int[] line, int[] above) {
      line[0] = line[0] + above[0] & 0xFFFF;
      for (int x = 1; x < line.length; x++) {
        line[x] = line[x] + above[x - 1] & 0xFFFF;
      }
    }

    @Override
    void differences(int[] line, int[] above, int[] to) {
      to[0] = line[0] - above[0];
      for (int x = 1; x < line.length; x++) {
        to[x] = line[x] - above[x - 1];
      }
    }
  },
  PLANE {
    @Override
    void undo(int[] line, int[] above) {
      int left = line[0] = line[0] + above[0] & 0xFFFF;
      for (int x = 1; x < line.length; x++) {
        left = line[x] = line[x] + left + above[x] - above[x - 1] & 0xFFFF;
      }
    }

    @Override
    void differences(int[] line, int[] above, int[] to) {
      to[0] = line[0] - above[0];
      for (int x = 1; x < line.length; x++) {
        to[x] = line[x] - line[x - 1] - above[x] + above[x - 1];
      }
    }
  },
  LEFT_HALF_SLOPE {
    @Override
    void undo(int[] line, int[] above) {
      int left = line[0] = line[0] + above[0] & 0xFFFF;
      for (int x = 1; x < line.length; x++) {
        left = line[x] = line[x] + left + (above[x] - above[x - 1] >> 1) & 0xFFFF;
      }
    }

    @Override
    void differences(int[] line, int[] above, int[] to) {
      to[0] = line[0] - above[0];
      for (int x = 1; x < line.length; x++) {
        to[x] = line[x] - line[x - 1] - (above[x] - above[x - 1] >> 1);
      }
    }
  },
  ABOVE_HALF_SLOPE {
    @Override
    void undo(int[] line, int[] above) {
      int left = line[0] = line[0] + above[0] & 0xFFFF;
      for (int x = 1; x < line.length; x++) {
        left = line[x] = line[x] + above[x] + (left - above[x - 1] >> 1) & 0xFFFF;
      }
    }

    @Override
    void differences(int[] line, int[] above, int[] to) {
      to[0] = line[0] - above[0];
      for (int x = 1; x < line.length; x++) {
        to[x] = line[x] - above[x] - (line[x - 1] - above[x - 1] >> 1);
      }
    }
  },
  MEAN {
    @Override
    void undo(int[] line, int[] above) {
      int left = line[0] = line[0] + above[0] & 0xFFFF;
      for (int x = 1; x < line.length; x++) {
        left = line[x] = line[x] + (left + above[x] >> 1) & 0xFFFF;
      }
    }

    @Override
    void differences(int[] line, int[] above, int[] to) {
      to[0] = line[0] - above[0];
      for (int x = 1; x < line.length; x++) {
        to[x] = line[x] - (line[x - 1] + above[x] >> 1);
      }
    }
  };

  /** The one of that number, 1 to 7. */
  static Predictor of(int selection) {
    return values()[selection - 1];
  }

  /** Makes samples of the differences of a line that isn't the first. */
  abstract void undo(int[] line, int[] above);

  /**
   * What samples of a line that isn't the first are more than what they are taken for.
   *
   * @param to differences, of which the lowest 16 bits count
   */
  abstract void differences(int[] line, int[] above, int[] to);

  /** The same of a first line: whatever the predictor, it is the left. */
  static void firstDifferences(int[] line, int start, int[] to) {
    int left = start;
    for (int x = 0; x < line.length; x++) {
      to[x] = line[x] - left;
      left = line[x];
    }
  }

  /** Makes samples of the differences of a first line: whatever the predictor, it is the left. */
  static void first(int[] line, int start) {
    int left = start;
    for (int x = 0; x < line.length; x++) {
      left = line[x] = line[x] + left & 0xFFFF;
    }
  }
}
