package org.regionalpacs.consumer.converter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.Wanted;
import org.regionalpacs.codec.transcode.Codecs;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.NoPixelDataException;
import org.regionalpacs.dicom.io.PixelFrames;

/** Decodes two objects and compares every sample of every frame; a frame of each in memory. */
final class SameSamples {
  private final Codecs codecs;

  SameSamples(Codecs codecs) {
    this.codecs = codecs;
  }

  /** The frames of an object. */
  private record Frames(
      ByteSource part10, PixelFrames places, ImageDescription image, FrameDecoder decoder) {

    Samples decode(int frame) throws IOException {
      ByteArrayOutputStream bytes =
          new ByteArrayOutputStream(Math.toIntExact(places.length(frame)));
      places.copy(part10, frame, bytes);
      return decoder.decode(bytes.toByteArray(), places.transferSyntax(), image);
    }
  }

  /**
   * Compares them.
   *
   * @throws UselessRenditionException when any sample differs
   * @throws IOException when they can't be read
   */
  void require(ByteSource original, ByteSource rendition)
      throws IOException, UselessRenditionException {
    Frames before = frames(original);
    Frames after = frames(rendition);
    if (before.places().count() != after.places().count()) {
      throw new UselessRenditionException(
          "it has %d frames instead of %d"
              .formatted(after.places().count(), before.places().count()));
    }
    for (int frame = 1; frame <= before.places().count(); frame++) {
      Wanted.check();
      requireSame(before.decode(frame), after.decode(frame), frame);
    }
  }

  private Frames frames(ByteSource part10) throws IOException, UselessRenditionException {
    try (DicomInputStream in = DicomInputStream.of(part10)) {
      PixelFrames places = PixelFrames.of(part10);
      return new Frames(
          part10,
          places,
          ImageDescription.of(in.readDataSetUntil(Tag.FloatPixelData)),
          codecs
              .decoder(places.transferSyntax())
              .orElseThrow(
                  () -> new UselessRenditionException("no decoder of " + places.transferSyntax())));
    } catch (NoPixelDataException e) {
      throw new UselessRenditionException("it has no frames: " + e.getMessage());
    }
  }

  private static void requireSame(Samples before, Samples after, int frame)
      throws UselessRenditionException {
    ImageDescription image = before.image();
    ImageDescription made = after.image();
    if (image.rows() != made.rows()
        || image.columns() != made.columns()
        || image.photometric() != made.photometric()) {
      throw new UselessRenditionException(
          "frame %d decodes to %s instead of %s".formatted(frame, made, image));
    }
    int pixels = Math.toIntExact(image.pixels());
    int channels = image.photometric().samples();
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int channel = 0; channel < channels; channel++) {
        if (before.value(pixel, channel) != after.value(pixel, channel)) {
          throw new UselessRenditionException(
              "frame %d differs at pixel %d".formatted(frame, pixel));
        }
      }
    }
  }
}
