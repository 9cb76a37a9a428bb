package org.regionalpacs.codec.transcode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.transcode.TranscodingRefusedException.Reason;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.PixelFrames;

/**
 * The frames of an object, decoded when they are asked for; one is in memory at a time. Not
 * thread-safe.
 */
final class DecodedFrames {
  /** Codestreams of noise are a little longer than samples, and have headers. */
  private static final long HEADERS = 1 << 20;

  private final ByteSource part10;
  private final PixelFrames frames;
  private final FrameDecoder decoder;
  private final ImageDescription described;
  private final ImageDescription image;
  private Optional<Samples> first;

  /**
   * Decodes the first frame: only then it is known what samples are.
   *
   * @param described what the data set says of frames
   * @throws TranscodingRefusedException when such images aren't decoded
   * @throws FrameTranscodingException when the first frame is corrupt
   */
  DecodedFrames(
      ByteSource part10, PixelFrames frames, FrameDecoder decoder, ImageDescription described)
      throws IOException {
    this.part10 = part10;
    this.frames = frames;
    this.decoder = decoder;
    this.described = described;
    try {
      Samples samples = decode(1);
      this.first = Optional.of(samples);
      this.image = samples.image();
    } catch (UnsupportedImageException e) {
      throw new TranscodingRefusedException(Reason.UNSUPPORTED_IMAGE, e);
    } catch (CorruptFrameException | DicomFormatException e) {
      throw new FrameTranscodingException(1, e);
    }
  }

  int count() {
    return frames.count();
  }

  /** What all samples are. */
  ImageDescription image() {
    return image;
  }

  /** Bytes of all frames as they are stored. */
  long storedBytes() {
    long sum = 0;
    for (int frame = 1; frame <= count(); frame++) {
      sum += frames.length(frame);
    }
    return sum;
  }

  /**
   * The samples of a frame.
   *
   * @param frame 1 to {@link #count()}
   */
  Samples frame(int frame) throws IOException {
    if (frame == 1 && first.isPresent()) {
      Samples samples = first.get();
      first = Optional.empty();
      return samples;
    }
    try {
      Samples samples = decode(frame);
      if (!samples.image().equals(image)) {
        throw new UnsupportedImageException(
            "its samples are %s, and those of the first frame %s"
                .formatted(samples.image(), image));
      }
      return samples;
    } catch (CorruptFrameException | UnsupportedImageException | DicomFormatException e) {
      throw new FrameTranscodingException(frame, e);
    }
  }

  private Samples decode(int frame) throws IOException {
    long length = frames.length(frame);
    if (length > 2 * described.frameBytes() + HEADERS) {
      throw new CorruptFrameException(
          "it has %d bytes, and its samples %d".formatted(length, described.frameBytes()));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) length);
    frames.copy(part10, frame, bytes);
    return decoder.decode(bytes.toByteArray(), frames.transferSyntax(), described);
  }
}
