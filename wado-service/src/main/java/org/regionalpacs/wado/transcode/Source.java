package org.regionalpacs.wado.transcode;

import java.io.IOException;
import java.util.Optional;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.transcode.FrameTranscoder;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.index.InstanceObject;

/** What is transcoded, of one request. Thread-safe. */
public final class Source {
  private static final int LONGEST_VALUE = 1024;

  /** Of what the samples take: as stored, decoded, in coefficients, encoded, and the first kept. */
  private static final int TIMES = 5;

  private static final long HEADERS = 1 << 20;

  private final InstanceObject object;
  private final InstanceObject held;
  private final ByteSource bytes;
  private Optional<Attributes> header = Optional.empty();

  /**
   * @param object its version, by which what comes of it is named
   * @param held the encoding that is read: the object, or a rendition of the same samples
   * @param bytes the file of that
   */
  public Source(InstanceObject object, InstanceObject held, ByteSource bytes) {
    this.object = object;
    this.held = held;
    this.bytes = bytes;
  }

  InstanceObject object() {
    return object;
  }

  InstanceObject held() {
    return held;
  }

  ByteSource bytes() {
    return bytes;
  }

  /** The attributes that say what frames are; read once. */
  synchronized Attributes header() throws IOException {
    if (header.isEmpty()) {
      header = Optional.of(read());
    }
    return header.get();
  }

  private Attributes read() throws IOException {
    try (DicomInputStream in = DicomInputStream.of(bytes)) {
      in.bulkDataThreshold(LONGEST_VALUE).keepOnly(FrameTranscoder::needs);
      return in.readDataSetUntil(Tag.PixelData);
    }
  }

  /** Bytes of heap that a frame takes, whichever way it goes. */
  static long working(Attributes header) {
    return TIMES * frameBytes(header) + HEADERS;
  }

  /** Bytes of a decoded frame; 0 when the header doesn't say. */
  static long frameBytes(Attributes header) {
    try {
      ImageDescription image = ImageDescription.of(header);
      long samples = image.pixels() * image.photometric().samples();
      return samples * Math.ceilDiv(image.bitsAllocated(), 8);
    } catch (UnsupportedImageException e) {
      return 0;
    }
  }

  /** The header of what may be anything: refusing it is the transcoder's business. */
  Attributes headerIfAny() throws IOException {
    try {
      return header();
    } catch (DicomFormatException e) {
      return new Attributes();
    }
  }
}
