package org.regionalpacs.codec.transcode;

import java.io.IOException;
import org.regionalpacs.codec.FrameDecoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.transcode.TranscodingRefusedException.Reason;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.NoPixelDataException;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.dicom.io.Recoder;

/**
 * An object that is to be transcoded: its header in memory, its long values where they are.
 *
 * @param part10 the object
 * @param transferSyntax UID
 * @param dataSet to be changed
 * @param values where its long values are
 */
record Original(ByteSource part10, String transferSyntax, Attributes dataSet, ByteSource values) {
  private static final int BULK_DATA_THRESHOLD = 16 * 1024;

  /** Of MPEG-2, MPEG-4 and HEVC (PS3.5 8.2.5 to 8.2.9, 8.2.13). */
  private static final String VIDEO = "1.2.840.10008.1.2.4.10";

  static Original read(ByteSource part10) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(part10)) {
      Attributes dataSet = in.bulkDataThreshold(BULK_DATA_THRESHOLD).readDataSet();
      return new Original(part10, in.transferSyntax(), dataSet, in.valueSource());
    }
  }

  boolean isNative() {
    return Recoder.canRecode(transferSyntax);
  }

  /** Whether samples have all bits that are allocated, also those that don't count. */
  boolean hasAllBits() {
    return hasAllBits(transferSyntax);
  }

  /** The same of what is in a transfer syntax. */
  static boolean hasAllBits(String transferSyntax) {
    return Recoder.canRecode(transferSyntax)
        || transferSyntax.equals(UID.RLELossless)
        || transferSyntax.equals(UID.DeflatedImageFrameCompression);
  }

  boolean hasPixels() {
    return dataSet.contains(Tag.PixelData) || hasFloatingPoint();
  }

  private boolean hasFloatingPoint() {
    return dataSet.contains(Tag.FloatPixelData) || dataSet.contains(Tag.DoubleFloatPixelData);
  }

  /** The decoder of its frames. */
  FrameDecoder decoder(Codecs codecs) throws TranscodingRefusedException {
    if (dataSet.contains(Tag.PixelDataProviderURL)) {
      throw new TranscodingRefusedException(
          Reason.PIXELS_ELSEWHERE, "the pixels are where Pixel Data Provider URL says");
    }
    if (hasFloatingPoint()) {
      throw new TranscodingRefusedException(
          Reason.FLOATING_POINT, "Float Pixel Data isn't compressed");
    }
    if (!hasPixels()) {
      throw new TranscodingRefusedException(Reason.NO_FRAMES, "the object has no pixel data");
    }
    if (transferSyntax.startsWith(VIDEO)) {
      throw new TranscodingRefusedException(
          Reason.VIDEO, "video (" + transferSyntax + ") isn't transcoded");
    }
    if (isNative() && isInFragments()) {
      throw new TranscodingRefusedException(
          Reason.UNSUPPORTED_IMAGE,
          "pixel data is in fragments, and " + transferSyntax + " isn't compressed");
    }
    return codecs
        .decoder(transferSyntax)
        .orElseThrow(() ->
            new TranscodingRefusedException(
                Reason.NO_DECODER, "there is no decoder of " + transferSyntax));
  }

  boolean isInFragments() {
    return dataSet
        .element(Tag.PixelData)
        .map(Element::value)
        .filter(Fragments.class::isInstance)
        .isPresent();
  }

  /** Its frames; the first one is decoded. */
  DecodedFrames frames(FrameDecoder decoder) throws IOException {
    try {
      PixelFrames frames = PixelFrames.of(part10);
      return new DecodedFrames(part10, frames, decoder, ImageDescription.of(dataSet));
    } catch (NoPixelDataException e) {
      throw new TranscodingRefusedException(Reason.NO_FRAMES, e);
    } catch (UnsupportedImageException e) {
      throw new TranscodingRefusedException(Reason.UNSUPPORTED_IMAGE, e);
    }
  }
}
