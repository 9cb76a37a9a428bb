package org.regionalpacs.codec.display;

import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/**
 * A lookup table (PS3.3 C.11.1.1, C.11.2.1.1, C.7.6.3.1.5).
 *
 * @param first the input that the first entry is for; what is below gets it too, what is above the
 *     last gets the last
 * @param bits of an entry
 * @param entries at least one
 */
record LookupTable(int first, int bits, int[] entries) {

  /** The table of an item of a Modality or VOI LUT Sequence; empty when it has none to use. */
  static Optional<LookupTable> of(Attributes item, boolean signedInput) {
    return of(item, Tag.LUTDescriptor, Tag.LUTData, signedInput);
  }

  /** The table that a descriptor and a data element make; empty when they make none. */
  static Optional<LookupTable> of(
      Attributes dataSet, int descriptorTag, int dataTag, boolean signedInput) {
    int[] descriptor = dataSet.getInts(descriptorTag);
    Optional<byte[]> data = dataSet.getBytes(dataTag);
    if (descriptor.length < 3 || data.isEmpty()) {
      return Optional.empty();
    }
    int[] entries = entries(data.get(), count(descriptor), dataSet, dataTag);
    return entries.length == 0
        ? Optional.empty()
        : Optional.of(
            new LookupTable(first(dataSet, descriptorTag, signedInput), bits(descriptor), entries));
  }

  /** Entries that a descriptor promises; 65536 don't fit into 16 bits and are written as 0. */
  static int count(int[] descriptor) {
    int count = descriptor[0] & 0xFFFF;
    return count == 0 ? 1 << 16 : count;
  }

  static int bits(int[] descriptor) {
    return Math.clamp(descriptor[2], 1, 16);
  }

  /** The first input is signed where inputs are, whatever VR the descriptor was written with. */
  static int first(Attributes dataSet, int descriptorTag, boolean signedInput) {
    int first = dataSet.getInts(descriptorTag)[1];
    boolean signed = signedInput || dataSet.vrOf(descriptorTag).filter(VR.SS::equals).isPresent();
    return signed ? (short) first : first & 0xFFFF;
  }

  /** Entries are words; some writers pack those of 8 bits into bytes (PS3.3 C.7.6.3.1.5). */
  private static int[] entries(byte[] data, int promised, Attributes dataSet, int dataTag) {
    boolean packed = data.length < 2 * promised && data.length >= promised;
    int unit = dataSet.vrOf(dataTag).map(VR::unit).orElse(1);
    boolean swapped = packed && dataSet.isBigEndian() && unit == 2;
    int[] entries = new int[Math.min(promised, packed ? data.length : data.length / 2)];
    for (int i = 0; i < entries.length; i++) {
      entries[i] =
          packed
              ? data[swapped ? Math.min(i ^ 1, data.length - 1) : i] & 0xFF
              : ByteOrder.uint16(data, 2 * i, dataSet.isBigEndian());
    }
    return entries;
  }

  /** The entry for an input. */
  int at(long input) {
    return entries[(int) Math.clamp(input - first, 0, entries.length - 1)];
  }

  /** The entry for an input, as a fraction of the greatest possible: 0 to 1. */
  double fractionAt(long input) {
    return Math.min(1, at(input) / (double) ((1 << bits) - 1));
  }
}
