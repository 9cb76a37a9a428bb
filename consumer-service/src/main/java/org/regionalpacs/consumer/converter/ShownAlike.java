package org.regionalpacs.consumer.converter;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;

/**
 * Viewers read the original's metadata and a rendition's frames: what that says of pixels must hold
 * for these too. JPEG 2000's own color spaces may be named, as every decoder gives RGB back (PS3.5
 * 8.2.4).
 */
final class ShownAlike {
  private static final List<Integer> IMAGE =
      List.of(
          Tag.SamplesPerPixel,
          Tag.Rows,
          Tag.Columns,
          Tag.BitsAllocated,
          Tag.BitsStored,
          Tag.HighBit,
          Tag.PixelRepresentation,
          Tag.PixelPaddingValue,
          Tag.PixelPaddingRangeLimit);

  private ShownAlike() {}

  /**
   * Compares what they say.
   *
   * @throws UselessRenditionException when it isn't the same
   */
  static void require(ByteSource original, ByteSource rendition)
      throws IOException, UselessRenditionException {
    Attributes before = header(original);
    Attributes after = header(rendition);
    for (int tag : IMAGE) {
      same(tag, before.joined(tag), after.joined(tag));
    }
    same(
        Tag.PhotometricInterpretation,
        before.getString(Tag.PhotometricInterpretation, ""),
        shown(after.getString(Tag.PhotometricInterpretation, "")));
    if (before.getInt(Tag.SamplesPerPixel, 1) > 1) {
      same(
          Tag.PlanarConfiguration,
          Integer.toString(before.getInt(Tag.PlanarConfiguration, 0)),
          Integer.toString(after.getInt(Tag.PlanarConfiguration, 0)));
    }
    same(
        Tag.NumberOfFrames,
        Integer.toString(before.getInt(Tag.NumberOfFrames, 1)),
        Integer.toString(after.getInt(Tag.NumberOfFrames, 1)));
    for (int tag : overlayBits()) {
      same(tag, before.joined(tag), after.joined(tag));
    }
  }

  /** Overlays in the bits of pixels have gone from there (PS3.3 C.9.2). */
  private static List<Integer> overlayBits() {
    return IntStream.range(0, 16)
        .mapToObj(group -> Tag.OverlayBitsAllocated & 0xFF00_FFFF | group << 17)
        .toList();
  }

  private static String shown(String photometric) {
    return Photometric.named(photometric)
        .map(Photometric::shown)
        .filter(shown -> shown == Photometric.RGB)
        .map(Photometric::name)
        .orElse(photometric);
  }

  private static Attributes header(ByteSource part10) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(part10)) {
      return in.readDataSetUntil(Tag.FloatPixelData);
    }
  }

  private static void same(int tag, String before, String after) throws UselessRenditionException {
    if (!before.equals(after)) {
      throw new UselessRenditionException(
          "viewers would show it wrong: %s is %s in the original and would be %s"
              .formatted(
                  ElementDictionary.keywordOf(tag).orElse(Integer.toHexString(tag)),
                  before,
                  after));
    }
  }
}
