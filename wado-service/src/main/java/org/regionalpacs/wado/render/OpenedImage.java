package org.regionalpacs.wado.render;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.CharsetFallback;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.PixelFrames;

/**
 * An image whose frames can be decoded one by one.
 *
 * @param bytes its file
 * @param frames where they are
 * @param header the attributes that rendering needs
 * @param image what the header says of each frame
 */
record OpenedImage(
    ByteSource bytes, PixelFrames frames, Attributes header, ImageDescription image) {
  /** Color and other tables of up to 65536 words are read, larger values aren't needed. */
  private static final int LONGEST_VALUE = 1 << 18;

  /**
   * Reads the header.
   *
   * @param charsets how text is read that is declared wrongly
   * @throws UnsupportedImageException when its frames can't be decoded
   * @throws org.regionalpacs.dicom.io.DicomFormatException when the object can't be read so far
   */
  static OpenedImage of(ByteSource bytes, PixelFrames frames, CharsetFallback charsets)
      throws IOException {
    try (DicomInputStream in = DicomInputStream.of(bytes)) {
      in.bulkDataThreshold(LONGEST_VALUE).keepOnly(OpenedImage::isNeeded).charsetFallback(charsets);
      Attributes header = in.readDataSetUntil(Tag.PixelData);
      if (header.contains(Tag.FloatPixelData) || header.contains(Tag.DoubleFloatPixelData)) {
        throw new UnsupportedImageException("Float Pixel Data isn't rendered");
      }
      return new OpenedImage(bytes, frames, header, ImageDescription.of(header));
    }
  }

  private static boolean isNeeded(int tag) {
    return switch (tag >>> 16) {
      case 0x0008, 0x0010, 0x0018, 0x0020, 0x0028, 0x2050, 0x7FE0 -> true;
      default ->
          tag == Tag.SharedFunctionalGroupsSequence || tag == Tag.PerFrameFunctionalGroupsSequence;
    };
  }

  /** The frame that stands for all: the one that is named so, else the one in the middle. */
  int representative() {
    int count = frames.count();
    int named = header.getInt(Tag.RepresentativeFrameNumber, 0);
    return named >= 1 && named <= count ? named : (count + 1) / 2;
  }

  /**
   * Bytes that decoding and showing a frame takes here at the same time, at most; a process that
   * decodes has memory of its own.
   */
  long working(int frame) {
    long coded = frames.length(frame);
    long samples =
        frames.encapsulated()
            ? image.pixels()
                * image.photometric().samples()
                * Math.ceilDiv(image.bitsAllocated(), 8)
            : 0;
    long shown = image.pixels() * (image.photometric().isGrey() ? 1 : 3);
    // As large as the samples, and kept until the last scan.
    long coefficients = hasCoefficients() ? samples : 0;
    return coded + samples + coefficients + shown;
  }

  /** Whether they are of a DCT in 12 bits, which isn't decoded block by block. */
  private boolean hasCoefficients() {
    return image.bitsAllocated() > 8
        && switch (frames.transferSyntax()) {
          case UID.JPEGExtended12Bit,
              UID.JPEGSpectralSelectionNonHierarchical68,
              UID.JPEGFullProgressionNonHierarchical1012 ->
              true;
          default -> false;
        };
  }

  /** The bytes of a frame. */
  byte[] read(int frame) throws IOException {
    ByteArrayOutputStream out = new FrameBuffer(Math.toIntExact(frames.length(frame)));
    frames.copy(bytes, frame, out);
    return out.toByteArray();
  }

  /** Decodes a frame. */
  Samples decode(byte[] frame, CodecProcesses codecs) throws IOException {
    String syntax = frames.transferSyntax();
    FrameDecoder decoder =
        codecs
            .decoder(syntax)
            .orElseThrow(() -> new UnsupportedImageException("its transfer syntax isn't decoded"));
    return decoder.decode(frame, syntax, image);
  }

  /** Gives its array away instead of a copy of it. */
  private static final class FrameBuffer extends ByteArrayOutputStream {
    FrameBuffer(int size) {
      super(size);
    }

    @Override
    public synchronized byte[] toByteArray() {
      return count == buf.length ? buf : super.toByteArray();
    }
  }
}
