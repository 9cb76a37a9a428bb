package org.regionalpacs.wado.render;

import org.regionalpacs.wado.web.BadParameterException;

/** The part of a frame that is shown. */
sealed interface Region {
  /** All of it. */
  Region WHOLE = new Pixels(0, 0, 0, 0);

  /**
   * Where it is in a frame of that size; what lies outside of the frame is cut off.
   *
   * @throws BadParameterException when nothing is left
   */
  Area in(int columns, int rows);

  /**
   * Whole pixels of a frame.
   *
   * @param x first column, from 0
   * @param y first row, from 0
   * @param columns at least 1
   * @param rows at least 1
   * @param flipColumns whether left becomes right
   * @param flipRows whether top becomes bottom
   */
  record Area(int x, int y, int columns, int rows, boolean flipColumns, boolean flipRows) {}

  /**
   * In pixels (PS3.18 8.3.5.1.3).
   *
   * @param left first column, from 0
   * @param top first row, from 0
   * @param columns negative to flip it horizontally; 0 for all that follow
   * @param rows negative to flip it vertically; 0 for all that follow
   */
  record Pixels(double left, double top, double columns, double rows) implements Region {
    @Override
    public Area in(int frameColumns, int frameRows) {
      int x = (int) Math.min(Math.floor(left), frameColumns);
      int y = (int) Math.min(Math.floor(top), frameRows);
      int w = side(columns, frameColumns - x);
      int h = side(rows, frameRows - y);
      if (w < 1 || h < 1) {
        throw new BadParameterException(
            Viewport.NAME, "The viewport shows a region that lies outside of the image.");
      }
      return new Area(x, y, w, h, columns < 0, rows < 0);
    }

    private static int side(double wanted, int there) {
      return wanted == 0 ? there : (int) Math.min(Math.max(1, Math.round(Math.abs(wanted))), there);
    }
  }

  /**
   * In fractions of the frame's columns and rows (PS3.18 9.5.1.2.5): 0 to 1, the first less than
   * the last; at least a pixel.
   */
  record Fractions(double left, double top, double right, double bottom) implements Region {
    @Override
    public Area in(int columns, int rows) {
      int x = (int) Math.min(Math.round(left * columns), columns - 1);
      int y = (int) Math.min(Math.round(top * rows), rows - 1);
      int w = (int) Math.max(1, Math.round(right * columns) - x);
      int h = (int) Math.max(1, Math.round(bottom * rows) - y);
      return new Area(x, y, w, h, false, false);
    }
  }
}
