package org.regionalpacs.wado.render;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.regionalpacs.codec.Wanted;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/** A GIF that moves, encoded picture by picture, so that no more than one is in memory. */
final class AnimatedGif implements AutoCloseable {
  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  /** Ten pictures a second where the object says nothing. */
  private static final double DEFAULT_MILLIS = 100;

  private final ImageWriter writer = ImageIO.getImageWritersByMIMEType("image/gif").next();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
  private final ImageOutputStream out = new MemoryCacheImageOutputStream(bytes);
  private final int delay;
  private boolean begun;

  /**
   * @param header says how fast the pictures follow each other (PS3.3 C.7.6.5)
   */
  AnimatedGif(Attributes header) throws IOException {
    this.delay = (int) Math.clamp(Math.round(millis(header) / 10), 2, 6000);
    writer.addIIOWriteProgressListener(new AbortingWrite());
    writer.setOutput(out);
    writer.prepareWriteSequence(null);
  }

  private static double millis(Attributes header) {
    double frameTime = header.getDouble(Tag.FrameTime, 0);
    double[] rates = {
      header.getDouble(Tag.RecommendedDisplayFrameRate, 0), header.getDouble(Tag.CineRate, 0)
    };
    for (double rate : rates) {
      if (rate > 0) {
        return 1000 / rate;
      }
    }
    return frameTime > 0 ? frameTime : DEFAULT_MILLIS;
  }

  /** Adds a picture and returns the bytes that came of it. */
  byte[] add(BufferedImage picture) throws IOException {
    BufferedImage colors = PictureWriter.indexed(picture);
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(colors), null);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    IIOMetadataNode control =
        (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(delay));
    if (!begun) {
      root.appendChild(repeated());
      begun = true;
    }
    metadata.setFromTree(FORMAT, root);
    writer.writeToSequence(new IIOImage(colors, null, metadata), null);
    Wanted.check();
    return taken();
  }

  /** For ever: the extension that every viewer knows. */
  private static IIOMetadataNode repeated() {
    IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
    extension.setAttribute("applicationID", "NETSCAPE");
    extension.setAttribute("authenticationCode", "2.0");
    extension.setUserObject(new byte[] {1, 0, 0});
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    extensions.appendChild(extension);
    return extensions;
  }

  /** Ends it and returns the last bytes. */
  byte[] end() throws IOException {
    writer.endWriteSequence();
    return taken();
  }

  private byte[] taken() throws IOException {
    out.flushBefore(out.getStreamPosition());
    out.flush();
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }

  @Override
  public void close() {
    writer.dispose();
  }
}
