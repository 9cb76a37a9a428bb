package org.regionalpacs.codec;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.regionalpacs.codec.display.Display;
import org.regionalpacs.codec.display.FrameAttributes;
import org.regionalpacs.codec.display.Window;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.PixelFrames;

/**
 * A frame as it is shown.
 *
 * @param channels 1 grey, 3 red, green and blue
 */
public record Shown(int columns, int rows, int channels, byte[] levels) {

  public static Shown of(Path file, int frame) throws IOException {
    return of(file, frame, Optional.empty());
  }

  public static Shown of(Path file, int frame, Optional<Window> window) throws IOException {
    ByteSource source = ByteSource.of(file);
    PixelFrames frames = PixelFrames.of(source);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    frames.copy(source, frame, bytes);
    String syntax = frames.transferSyntax();
    Attributes dataSet = header(source);
    FrameDecoder decoder =
        FrameDecoders.of(syntax).orElseThrow(() -> new UnsupportedImageException(syntax));
    Samples samples = decoder.decode(bytes.toByteArray(), syntax, ImageDescription.of(dataSet));
    return of(Display.show(samples, new FrameAttributes(dataSet, frame), window));
  }

  public static Shown of(BufferedImage picture) {
    byte[] levels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData().clone();
    int channels = picture.getRaster().getNumBands();
    for (int i = 0; channels == 3 && i < levels.length; i += 3) {
      byte blue = levels[i];
      levels[i] = levels[i + 2];
      levels[i + 2] = blue;
    }
    return new Shown(picture.getWidth(), picture.getHeight(), channels, levels);
  }

  static Attributes header(ByteSource source) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(source)) {
      return in.readDataSetUntil(Tag.FloatPixelData);
    }
  }

  /** How many levels differ from another's by more than that. */
  public int differences(byte[] others, int tolerance) {
    int count = Math.abs(levels.length - others.length);
    for (int i = 0; i < Math.min(levels.length, others.length); i++) {
      count += Math.abs((levels[i] & 0xFF) - (others[i] & 0xFF)) > tolerance ? 1 : 0;
    }
    return count;
  }
}
