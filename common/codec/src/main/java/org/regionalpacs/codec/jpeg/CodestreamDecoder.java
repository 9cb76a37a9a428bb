package org.regionalpacs.codec.jpeg;

import java.util.Optional;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.dicom.data.ByteOrder;

/**
 * Decodes JPEG codestreams that are coded with Huffman codes: lossless ones of 2 to 16 bits,
 * sequential and progressive ones of 8 or 12 bits. No component is transformed into another colour
 * space; one that is sampled more coarsely is repeated. A codestream that ends without its last
 * marker is decoded when nothing else is missing, unless it is progressive.
 */
public final class CodestreamDecoder {
  private static final int SOF0 = 0xC0;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int SOF15 = 0xCF;
  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DQT = 0xDB;
  private static final int DRI = 0xDD;

  /** More have no use, and each may take long. */
  private static final int MOST_SCANS = 200;

  private final byte[] bytes;
  private final Tables tables = new Tables();
  private Optional<FrameHeader> frame = Optional.empty();
  private Optional<ScanDecoder> scans = Optional.empty();
  private int at = 2;

  /** Whether the bytes ended before the codestream did. */
  private boolean cut;

  private CodestreamDecoder(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Decodes one.
   *
   * @param bytes of the codestream; what follows its end isn't read
   * @param wanted what it must be; a bound of what is allocated
   * @return samples pixel by pixel, little endian
   */
  public static byte[] decode(byte[] bytes, Shape wanted) throws CodecException {
    return new CodestreamDecoder(bytes).decode(wanted);
  }

  private byte[] decode(Shape wanted) throws CodecException {
    Optional<Picture> picture = Optional.empty();
    int scansSeen = 0;
    for (int marker = marker(); marker != EOI; marker = marker()) {
      if (at + 2 > bytes.length) {
        cut = true;
        break;
      }
      int length = ByteOrder.uint16(bytes, at, true) - 2;
      int content = at + 2;
      if (length < 0 || content + length > bytes.length) {
        throw new CorruptFrameException("a segment of a JPEG codestream is cut off");
      }
      at = content + length;
      switch (marker) {
        case DHT -> tables.readHuffman(bytes, content, length);
        case DQT -> tables.readQuantization(bytes, content, length);
        case DRI -> tables.readRestartInterval(bytes, content, length);
        case SOS -> {
          if (++scansSeen > MOST_SCANS) {
            throw new CorruptFrameException("a JPEG codestream has too many scans");
          }
          scan(content, length);
        }
        default -> {
          if (marker >= SOF0 && marker <= SOF15 && marker != JPG && marker != DAC) {
            FrameHeader header = FrameHeader.of(marker, bytes, content, length);
            check(header, wanted);
            picture = Optional.of(Picture.of(wanted));
            begin(header, picture.get());
          }
        }
      }
    }
    if (picture.isEmpty()) {
      throw new CorruptFrameException("a JPEG codestream has no frame header");
    }
    // Nothing else tells that progressive scans are missing.
    if (cut && frame.orElseThrow().process() == FrameHeader.Process.PROGRESSIVE) {
      throw new CorruptFrameException("a JPEG codestream is cut off");
    }
    scans.orElseThrow().end();
    return picture.get().bytes();
  }

  private void check(FrameHeader header, Shape wanted) throws CodecException {
    if (frame.isPresent()) {
      throw new CorruptFrameException("a JPEG codestream has two frame headers");
    }
    int found = header.components().size();
    if (header.rows() != wanted.rows()
        || header.columns() != wanted.columns()
        || found != wanted.components()) {
      throw new CorruptFrameException(
          "a JPEG codestream has %d x %d pixels of %d samples instead of %d x %d of %d"
              .formatted(
                  header.columns(),
                  header.rows(),
                  found,
                  wanted.columns(),
                  wanted.rows(),
                  wanted.components()));
    }
    if (header.precision() > 8 * wanted.size()) {
      throw new CorruptFrameException(
          "a JPEG codestream has samples of %d bits in %d bytes"
              .formatted(header.precision(), wanted.size()));
    }
    boolean lossless = header.process() == FrameHeader.Process.LOSSLESS;
    // Every sample, or every block of a component, takes a bit at least.
    long pixels = (long) wanted.rows() * wanted.columns();
    long least = lossless ? pixels * found / 8 : pixels / (8 * 64 * 16);
    if (bytes.length < least) {
      throw new CorruptFrameException("a JPEG codestream is cut off");
    }
  }

  private void begin(FrameHeader header, Picture picture) throws CodecException {
    frame = Optional.of(header);
    int precision = header.precision();
    boolean known =
        switch (header.process()) {
          case LOSSLESS -> precision >= 2 && precision <= 16;
          case SEQUENTIAL, PROGRESSIVE -> precision == 8 || precision == 12;
        };
    if (!known) {
      throw new UnsupportedImageException("JPEG with samples of " + precision + " bits");
    }
    scans =
        Optional.of(
            switch (header.process()) {
              case LOSSLESS -> new LosslessScans(header, picture);
              case SEQUENTIAL, PROGRESSIVE -> new DctScans(header, picture);
            });
  }

  private void scan(int content, int length) throws CodecException {
    FrameHeader header =
        frame.orElseThrow(() -> new CorruptFrameException("a JPEG scan precedes its frame"));
    Scan scan = Scan.of(header, bytes, content, length);
    EntropyBits bits = new EntropyBits(bytes, at);
    scans.orElseThrow().read(scan, tables, bits);
    at = bits.position();
  }

  /** The next marker that a segment may follow; the end of the codestream when there is none. */
  private int marker() {
    while (at + 1 < bytes.length) {
      int marker = bytes[at] == -1 ? bytes[at + 1] & 0xFF : 0;
      at++;
      boolean filling = marker == 0 || marker == 0xFF || marker == 1;
      if (!filling && (marker < RST0 || marker > RST7)) {
        at++;
        return marker;
      }
    }
    cut = true;
    return EOI;
  }
}
