package org.regionalpacs.wado.render;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.regex.Pattern;
import org.regionalpacs.codec.Wanted;
import org.regionalpacs.wado.web.BadParameterException;

/**
 * The viewport that a picture is fitted into, and the region of the frame that is shown in it
 * (PS3.18 8.3.5.1.3, 9.5.1.2.4). The picture keeps its proportions.
 *
 * @param width most columns of the picture; 0, with the height, for as many as the region has
 * @param height most rows of the picture
 */
record Viewport(int width, int height, Region region) {
  static final String NAME = "viewport";
  private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,5}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,9}(\\.\\d{0,9})?|\\.\\d{1,9})");

  /** A viewport that shows the whole frame. */
  static Viewport of(int width, int height) {
    return new Viewport(width, height, Region.WHOLE);
  }

  /**
   * Reads {@code vw,vh} or {@code vw,vh,sx,sy,sw,sh}, of which the last four may be left out.
   *
   * @param maxPixels the most pixels of the viewport
   * @throws BadParameterException when it can't be understood or is too large
   */
  static Viewport parse(String text, int maxPixels) {
    String[] parts = text.split(",", -1);
    if (parts.length < 2 || parts.length > 6) {
      throw bad("must be vw,vh or vw,vh,sx,sy,sw,sh");
    }
    int width = size(parts[0]);
    int height = size(parts[1]);
    if ((long) width * height > maxPixels) {
      throw bad("may have " + maxPixels + " pixels at most");
    }
    double[] region = new double[4];
    for (int i = 2; i < parts.length; i++) {
      region[i - 2] = decimal(parts[i], i);
    }
    return new Viewport(
        width, height, new Region.Pixels(region[0], region[1], region[2], region[3]));
  }

  private static int size(String text) {
    if (!SIZE.matcher(text).matches()) {
      throw bad("must begin with its width and height, whole numbers from 1 on");
    }
    return Integer.parseInt(text);
  }

  private static double decimal(String text, int position) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!DECIMAL.matcher(text).matches()) {
      throw bad("has a region that isn't given in decimal numbers");
    }
    double number = Double.parseDouble(text);
    if (position < 4 && number < 0 || position >= 4 && number == 0) {
      throw bad("has a region that begins outside of the image, or is empty");
    }
    return number;
  }

  private static BadParameterException bad(String what) {
    return new BadParameterException(NAME, "The viewport " + what + ".");
  }

  /**
   * Columns and rows of a picture.
   *
   * @param width at least 1
   * @param height at least 1
   */
  record Size(int width, int height) {}

  /**
   * How large the picture of a frame is.
   *
   * @throws BadParameterException when the region lies outside of it
   */
  Size sizeOf(int columns, int rows) {
    return fitted(region.in(columns, rows));
  }

  private Size fitted(Region.Area area) {
    if (width == 0) {
      return new Size(area.columns(), area.rows());
    }
    double scale = Math.min((double) width / area.columns(), (double) height / area.rows());
    return new Size(
        (int) Math.clamp(Math.round(area.columns() * scale), 1, width),
        (int) Math.clamp(Math.round(area.rows() * scale), 1, height));
  }

  /**
   * The picture of the region.
   *
   * @throws BadParameterException when it lies outside of the frame
   */
  BufferedImage show(BufferedImage frame) {
    Region.Area area = region.in(frame.getWidth(), frame.getHeight());
    Size size = fitted(area);
    BufferedImage shown = frame.getSubimage(area.x(), area.y(), area.columns(), area.rows());
    return scaled(
        halved(shown, 2 * size.width(), 2 * size.height()),
        size.width(),
        size.height(),
        area.flipColumns(),
        area.flipRows());
  }

  /** Step by step, so that every pixel of the frame has its share in a much smaller picture. */
  private static BufferedImage halved(BufferedImage picture, int maxWidth, int maxHeight) {
    BufferedImage halved = picture;
    while (halved.getWidth() > maxWidth && halved.getHeight() > maxHeight) {
      Wanted.check();
      int width = Math.ceilDiv(halved.getWidth(), 2);
      int height = Math.ceilDiv(halved.getHeight(), 2);
      halved = scaled(halved, width, height, false, false);
    }
    return halved;
  }

  private static BufferedImage scaled(
      BufferedImage from, int width, int height, boolean flipColumns, boolean flipRows) {
    BufferedImage to = new BufferedImage(width, height, from.getType());
    Graphics2D graphics = to.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      int x1 = flipColumns ? from.getWidth() : 0;
      int y1 = flipRows ? from.getHeight() : 0;
      graphics.drawImage(
          from, 0, 0, width, height, x1, y1, from.getWidth() - x1, from.getHeight() - y1, null);
    } finally {
      graphics.dispose();
    }
    return to;
  }
}
