package org.regionalpacs.codec.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.UnsupportedImageException;

/** JPEG by DCT decodes to what the JDK decodes, which is the IJG's library, for 8 bits. */
class DctJpegTest {
  private static final int ROWS = 45;
  private static final int COLUMNS = 61;

  private static BufferedImage picture(int type) {
    BufferedImage picture = new BufferedImage(COLUMNS, ROWS, type);
    Random random = new Random(3);
    for (int i = 0; i < ROWS * COLUMNS; i++) {
      int grey = (i % COLUMNS * 4 + random.nextInt(60)) & 0xFF;
      picture.setRGB(i % COLUMNS, i / COLUMNS, grey << 16 | (grey * 3 & 0xFF) << 8 | 255 - grey);
    }
    return picture;
  }

  private static byte[] write(BufferedImage picture, boolean progressive, int interval)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(picture), how);
    if (interval > 0) {
      String format = metadata.getNativeMetadataFormatName();
      IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
      IIOMetadataNode restarts = new IIOMetadataNode("dri");
      restarts.setAttribute("interval", Integer.toString(interval));
      root.getElementsByTagName("markerSequence").item(0).appendChild(restarts);
      metadata.setFromTree(format, root);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream to = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(to);
      writer.write(null, new IIOImage(picture, null, metadata), how);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static byte[] jdk(byte[] frame) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(frame)));
    Raster raster = reader.readRaster(0, null);
    reader.dispose();
    return ((DataBufferByte) raster.getDataBuffer()).getData();
  }

  private static Shape shape(int components) {
    return new Shape(ROWS, COLUMNS, components, 1);
  }

  @ParameterizedTest(name = "progressive: {0}, restarts after {1} MCUs")
  @CsvSource({"false, 0", "true, 0", "false, 3", "true, 5"})
  void givenGrey_thenEverySampleIsThatOfTheJdk(boolean progressive, int interval)
      throws IOException {
    byte[] frame = write(picture(BufferedImage.TYPE_BYTE_GRAY), progressive, interval);

    assertThat(CodestreamDecoder.decode(frame, shape(1))).isEqualTo(jdk(frame));
    assertThat(indexOf(frame, 0xDD) > 0).isEqualTo(interval > 0);
    assertThat(indexOf(frame, 0xC2) > 0).isEqualTo(progressive);
  }

  @ParameterizedTest(name = "progressive: {0}, {1} x {2}")
  @CsvSource({
    "false, 61, 45",
    "true, 61, 45",
    "false, 64, 48",
    "false, 5, 2",
    "false, 4, 1",
    "false, 18, 17",
    "false, 33, 33"
  })
  void givenCoarserChroma_thenEverySampleIsThatOfTheJdk(boolean progressive, int columns, int rows)
      throws IOException {
    BufferedImage part = picture(BufferedImage.TYPE_INT_RGB);
    if (columns > COLUMNS || rows > ROWS) {
      part = larger(part, columns, rows);
    }
    byte[] frame = write(part.getSubimage(0, 0, columns, rows), progressive, 0);
    Shape shape = new Shape(rows, columns, 3, 1);

    assertThat(CodestreamDecoder.decode(frame, shape)).isEqualTo(jdk(frame));
  }

  private static BufferedImage larger(BufferedImage picture, int columns, int rows) {
    BufferedImage larger = new BufferedImage(columns, rows, picture.getType());
    larger.createGraphics().drawImage(picture, 0, 0, columns, rows, null);
    return larger;
  }

  @ParameterizedTest(name = "progressive: {0}")
  @ValueSource(booleans = {false, true})
  void givenACutAnywhere_thenItIsCorruptOrDecoded(boolean progressive) throws IOException {
    byte[] frame = write(picture(BufferedImage.TYPE_INT_RGB), progressive, 0);
    int decoded = 0;
    for (int length = 0; length < frame.length; length += 3) {
      try {
        CodestreamDecoder.decode(Arrays.copyOf(frame, length), shape(3));
        decoded++;
      } catch (CorruptFrameException expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
    assertThat(decoded).isLessThan(2);
  }

  @ParameterizedTest(name = "progressive: {0}")
  @ValueSource(booleans = {false, true})
  void givenAnyBytesChanged_thenItIsDecodedOrRefused(boolean progressive) throws IOException {
    byte[] frame = write(picture(BufferedImage.TYPE_INT_RGB), progressive, 3);
    Random random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      byte[] changed = frame.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(CodestreamDecoder.decode(changed, shape(3))).hasSize(ROWS * COLUMNS * 3);
      } catch (CodecException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void givenScansWithoutEnd_thenThereIsOne() throws IOException {
    byte[] frame = write(picture(BufferedImage.TYPE_BYTE_GRAY), false, 0);
    int scan = indexOf(frame, 0xDA);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(frame, 0, scan);
    for (int i = 0; i < 300; i++) {
      many.write(frame, scan, frame.length - scan - 2);
    }

    assertThatThrownBy(() -> CodestreamDecoder.decode(many.toByteArray(), shape(1)))
        .isInstanceOf(CorruptFrameException.class)
        .hasMessageContaining("too many scans");
  }

  @ParameterizedTest(name = "SOF{0}")
  @ValueSource(ints = {5, 6, 7, 9, 10, 11, 13, 14, 15})
  void givenArithmeticOrHierarchicalCoding_thenItIsNotSupported(int process) throws IOException {
    byte[] frame = write(picture(BufferedImage.TYPE_BYTE_GRAY), false, 0);
    frame[indexOf(frame, 0xC0) + 1] = (byte) (0xC0 + process);

    assertThatThrownBy(() -> CodestreamDecoder.decode(frame, shape(1)))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("process");
  }

  private static int indexOf(byte[] frame, int marker) {
    for (int at = 0; at + 1 < frame.length; at++) {
      if (frame[at] == -1 && frame[at + 1] == (byte) marker) {
        return at;
      }
    }
    return -1;
  }
}
