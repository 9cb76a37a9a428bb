package org.regionalpacs.codec.display;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Optional;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;

/** Shows a frame as PS3.3 C.11 says: modality, values of interest, presentation; or in color. */
public final class Display {
  private Display() {}

  /**
   * Makes a picture of a frame.
   *
   * @param samples the frame's
   * @param attributes the frame's
   * @param window for grey images, instead of what the object brings along; without either, the
   *     range of values that there are
   * @return as many pixels as the frame has, {@code TYPE_BYTE_GRAY} or {@code TYPE_3BYTE_BGR}; a
   *     byte of a grey picture is what the screen shows, not a linear light
   */
  public static BufferedImage show(
      Samples samples, FrameAttributes attributes, Optional<Window> window)
      throws UnsupportedImageException {
    ImageDescription image = samples.image();
    boolean grey = image.photometric().isGrey();
    BufferedImage picture =
        new BufferedImage(
            image.columns(),
            image.rows(),
            grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    byte[] levels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    if (grey) {
      new Greys(samples, attributes, window).show(samples, levels);
    } else {
      Colors.show(samples, attributes.dataSet(), levels);
    }
    return picture;
  }
}
