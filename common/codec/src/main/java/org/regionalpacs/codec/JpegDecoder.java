package org.regionalpacs.codec;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.regionalpacs.codec.jpeg.CodestreamDecoder;
import org.regionalpacs.codec.jpeg.Shape;

/**
 * JPEG of all processes with Huffman codes, whichever the transfer syntax names: DCT of 8 bits by
 * the JDK, the others by {@link CodestreamDecoder}.
 */
final class JpegDecoder implements FrameDecoder {
  @Override
  public Samples decode(byte[] frame, String transferSyntax, ImageDescription image)
      throws CodecException {
    JpegHeader header = JpegHeader.of(frame);
    // Before anything is allocated: the codestream may claim to be of any size.
    if (header.rows() != image.rows()
        || header.columns() != image.columns()
        || header.components() != image.photometric().samples()) {
      throw new CorruptFrameException(
          "a JPEG codestream has %d x %d pixels of %d samples instead of %d x %d of %d"
              .formatted(
                  header.columns(),
                  header.rows(),
                  header.components(),
                  image.columns(),
                  image.rows(),
                  image.photometric().samples()));
    }
    Photometric meaning = meaning(header, image.photometric());
    if (header.precision() == 8 && !header.lossless()) {
      byte[] samples = samples(frame);
      Wanted.check();
      return Samples.of(image.inBytes(meaning), samples);
    }
    int size = image.bitsAllocated() / 8;
    if (size != 1 && size != 2) {
      throw new UnsupportedImageException(
          "JPEG isn't of %d bits allocated".formatted(image.bitsAllocated()));
    }
    Shape wanted = new Shape(image.rows(), image.columns(), header.components(), size);
    byte[] samples = CodestreamDecoder.decode(frame, wanted);
    return new CodedBits(header.precision(), false, !header.lossless())
        .describe(image.inPixels(meaning), samples);
  }

  /**
   * Photometric Interpretation is often left as it was before compression; the codestream knows
   * better where it says anything.
   */
  private static Photometric meaning(JpegHeader header, Photometric declared) {
    if (header.components() == 1) {
      return declared;
    }
    if (header.lossless()) {
      return declared == Photometric.YBR_FULL_422 ? Photometric.YBR_FULL : declared;
    }
    if (header.adobeTransform().isPresent()) {
      return header.adobeTransform().getAsInt() == 0 ? Photometric.RGB : Photometric.YBR_FULL;
    }
    if (header.jfif()) {
      return Photometric.YBR_FULL;
    }
    boolean rgb = header.named() || declared == Photometric.RGB;
    return rgb ? Photometric.RGB : Photometric.YBR_FULL;
  }

  /** The components as they are coded, pixel by pixel. */
  private static byte[] samples(byte[] frame) throws CorruptFrameException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    reader.addIIOReadProgressListener(new AbortingRead());
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(frame))) {
      reader.setInput(in, true, true);
      Raster raster = reader.readRaster(0, null);
      return ((DataBufferByte) raster.getDataBuffer()).getData();
    } catch (IOException | RuntimeException e) {
      // The JDK's reader answers some broken codestreams with unchecked exceptions.
      throw new CorruptFrameException("a JPEG codestream can't be decoded", e);
    } finally {
      reader.dispose();
    }
  }
}
