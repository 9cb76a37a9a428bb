package org.regionalpacs.codec.jpeg;

/** What a sample is taken for by its neighbours (T.81 Table H.1). Sums are modulo 65536. */
enum Predictor {
  LEFT {
    @Override
    void undo(int[] line, int[] above) {
      first(line, above[0]);
    }
  },
  ABOVE {
    @Override
    void undo(int[] line, int[] above) {
      for (int x = 0; x < line.length; x++) {
        line[x] = line[x] + above[x] & 0xFFFF;
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
  },
  PLANE {
    @Override
    void undo(int[] line, int[] above) {
      int left = line[0] = line[0] + above[0] & 0xFFFF;
      for (int x = 1; x < line.length; x++) {
        left = line[x] = line[x] + left + above[x] - above[x - 1] & 0xFFFF;
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
  },
  ABOVE_HALF_SLOPE {
    @Override
    void undo(int[] line, int[] above) {
      int left = line[0] = line[0] + above[0] & 0xFFFF;
      for (int x = 1; x < line.length; x++) {
        left = line[x] = line[x] + above[x] + (left - above[x - 1] >> 1) & 0xFFFF;
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
  };

  /** The one of that number, 1 to 7. */
  static Predictor of(int selection) {
    return values()[selection - 1];
  }

  /** Makes samples of the differences of a line that isn't the first. */
  abstract void undo(int[] line, int[] above);

  /** Makes samples of the differences of a first line: whatever the predictor, it is the left. */
  static void first(int[] line, int start) {
    int left = start;
    for (int x = 0; x < line.length; x++) {
      left = line[x] = line[x] + left & 0xFFFF;
    }
  }
}
