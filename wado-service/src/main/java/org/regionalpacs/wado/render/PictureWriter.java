package org.regionalpacs.wado.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.regionalpacs.codec.Wanted;

/** Encodes pictures. */
final class PictureWriter {
  private PictureWriter() {}

  /**
   * Encodes a picture.
   *
   * @param mediaType image/jpeg, image/png or image/gif
   * @param quality of JPEG, 1 to 100
   */
  static byte[] encode(BufferedImage picture, String mediaType, int quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByMIMEType(mediaType).next();
    writer.addIIOWriteProgressListener(new AbortingWrite());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (mediaType.equals(RenderedNegotiation.JPEG)) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality / 100f);
      }
      boolean gif = mediaType.equals(RenderedNegotiation.GIF);
      writer.write(null, new IIOImage(gif ? indexed(picture) : picture, null, null), parameters);
    } finally {
      writer.dispose();
    }
    Wanted.check();
    return bytes.toByteArray();
  }

  /**
   * Grey levels as the 256 colors of a GIF; left to itself the JDK would take them for linear light
   * and change them. A picture in color is left as it is.
   */
  static BufferedImage indexed(BufferedImage picture) {
    if (picture.getType() != BufferedImage.TYPE_BYTE_GRAY) {
      return picture;
    }
    byte[] levels = new byte[256];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) i;
    }
    IndexColorModel greys = new IndexColorModel(8, levels.length, levels, levels, levels);
    DataBufferByte pixels = (DataBufferByte) picture.getRaster().getDataBuffer();
    var raster =
        Raster.createInterleavedRaster(
            pixels,
            picture.getWidth(),
            picture.getHeight(),
            picture.getWidth(),
            1,
            new int[] {0},
            null);
    return new BufferedImage(greys, raster, false, null);
  }
}
