package org.regionalpacs.dicom.io;

/**
 * The freedoms that a transfer syntax leaves to its writer.
 *
 * @param sequences lengths of sequences (PS3.5 7.5.1)
 * @param items lengths of items of sequences
 * @param groupLengths whether (gggg,0000) stands before each group, which PS3.5 7.2 has retired;
 *     those of the data set that is written are never believed
 * @param offsetTable of encapsulated Pixel Data of the top level
 */
public record WriteOptions(
    Lengths sequences, Lengths items, boolean groupLengths, OffsetTable offsetTable) {

  /** How a reader learns where a sequence or an item ends. */
  public enum Lengths {
    /** By a delimiter. */
    UNDEFINED,
    /**
     * By the length in its head. What is 4 GB or longer is delimited all the same, and so are, in
     * Implicit VR, private and unknown sequences, in which nobody could see items otherwise.
     */
    DEFINED
  }

  /** Undefined lengths, no group lengths, offset tables as they are. */
  public static final WriteOptions DEFAULT =
      new WriteOptions(Lengths.UNDEFINED, Lengths.UNDEFINED, false, OffsetTable.AS_IS);

  /** With defined lengths of sequences and items. */
  public WriteOptions withDefinedLengths() {
    return new WriteOptions(Lengths.DEFINED, Lengths.DEFINED, groupLengths, offsetTable);
  }

  /** With group lengths in the data set and in items. */
  public WriteOptions withGroupLengths() {
    return new WriteOptions(sequences, items, true, offsetTable);
  }

  /** With another offset table. */
  public WriteOptions withOffsetTable(OffsetTable table) {
    return new WriteOptions(sequences, items, groupLengths, table);
  }
}
