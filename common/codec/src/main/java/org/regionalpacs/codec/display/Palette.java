package org.regionalpacs.codec.display;

import java.util.Arrays;
import java.util.Optional;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

/**
 * The tables of a PALETTE COLOR image (PS3.3 C.7.9), in full or in segments.
 *
 * @param tables of red, green and blue
 * @param shift bits of an entry beyond the 8 that are shown
 */
record Palette(LookupTable[] tables, int shift) {
  private static final int[] DESCRIPTORS = {
    Tag.RedPaletteColorLookupTableDescriptor,
    Tag.GreenPaletteColorLookupTableDescriptor,
    Tag.BluePaletteColorLookupTableDescriptor
  };
  private static final int[] DATA = {
    Tag.RedPaletteColorLookupTableData,
    Tag.GreenPaletteColorLookupTableData,
    Tag.BluePaletteColorLookupTableData
  };
  private static final int[] SEGMENTS = {
    Tag.SegmentedRedPaletteColorLookupTableData,
    Tag.SegmentedGreenPaletteColorLookupTableData,
    Tag.SegmentedBluePaletteColorLookupTableData
  };

  static Palette of(Attributes dataSet, boolean signed) throws UnsupportedImageException {
    LookupTable[] tables = new LookupTable[3];
    for (int i = 0; i < tables.length; i++) {
      tables[i] =
          table(dataSet, i, signed)
              .orElseThrow(() -> new UnsupportedImageException("a color table is missing"));
    }
    return new Palette(tables, shift(tables));
  }

  private static Optional<LookupTable> table(Attributes dataSet, int i, boolean signed)
      throws UnsupportedImageException {
    Optional<LookupTable> whole = LookupTable.of(dataSet, DESCRIPTORS[i], DATA[i], signed);
    int[] descriptor = dataSet.getInts(DESCRIPTORS[i]);
    if (whole.isPresent() || descriptor.length < 3 || !dataSet.containsValue(SEGMENTS[i])) {
      return whole;
    }
    int bits = LookupTable.bits(descriptor);
    int[] entries =
        SegmentedTable.expand(dataSet, SEGMENTS[i], LookupTable.count(descriptor), bits <= 8);
    int first = LookupTable.first(dataSet, DESCRIPTORS[i], signed);
    return Optional.of(new LookupTable(first, bits, entries));
  }

  /** Red, green or blue of a stored value: 0 to 255. */
  int level(int channel, long stored) {
    return tables[channel].at(stored) >> shift;
  }

  /** Tables that say 16 bits and have entries of 8 are not rare. */
  private static int shift(LookupTable[] tables) {
    boolean wide =
        Arrays.stream(tables).flatMapToInt(table -> Arrays.stream(table.entries())).max().orElse(0)
            > 255;
    return wide ? Math.max(0, tables[0].bits() - 8) : 0;
  }
}
