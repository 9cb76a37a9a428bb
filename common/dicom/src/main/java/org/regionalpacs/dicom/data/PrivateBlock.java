package org.regionalpacs.dicom.data;

import java.util.Optional;

/**
 * The 256 elements of a group that a private creator has reserved in a data set (PS3.5 7.8.1).
 * Items of sequences reserve their own.
 *
 * @param group an odd group number
 * @param block 10 to FF
 */
public record PrivateBlock(int group, int block) {
  private static final int FIRST = 0x10;
  private static final int LAST = 0xFF;

  /**
   * Checks its numbers.
   *
   * @throws IllegalArgumentException when the group isn't one for private elements
   */
  public PrivateBlock {
    if (group % 2 == 0 || group <= 8 || group >= 0xFFFF) {
      throw new IllegalArgumentException("group %04X has no private elements".formatted(group));
    }
    if (block < FIRST || block > LAST) {
      throw new IllegalArgumentException("a block is 10 to FF, not %02X".formatted(block));
    }
  }

  /** The block that a creator has reserved; the first if it has several. */
  public static Optional<PrivateBlock> find(Attributes dataSet, int group, String creator) {
    for (int block = FIRST; block <= LAST; block++) {
      if (dataSet.getString(group << 16 | block).filter(creator::equals).isPresent()) {
        return Optional.of(new PrivateBlock(group, block));
      }
    }
    return Optional.empty();
  }

  /**
   * The creator's block, reserved in the data set if it wasn't: the first that neither has a
   * creator nor elements.
   *
   * @throws IllegalArgumentException when the creator is no LO of 1 to 64 characters
   * @throws IllegalStateException when all blocks are taken
   */
  public static PrivateBlock reserve(Attributes dataSet, int group, String creator) {
    if (creator.isBlank() || creator.length() > 64 || creator.indexOf('\\') >= 0) {
      throw new IllegalArgumentException("a private creator has 1 to 64 characters");
    }
    return find(dataSet, group, creator).orElseGet(() -> free(dataSet, group, creator));
  }

  private static PrivateBlock free(Attributes dataSet, int group, String creator) {
    for (int number = FIRST; number <= LAST; number++) {
      PrivateBlock block = new PrivateBlock(group, number);
      if (!dataSet.contains(block.creatorTag()) && block.isUnused(dataSet)) {
        dataSet.setString(block.creatorTag(), VR.LO, creator);
        return block;
      }
    }
    throw new IllegalStateException("group %04X has no free block".formatted(group));
  }

  private boolean isUnused(Attributes dataSet) {
    for (int element = 0; element <= LAST; element++) {
      if (dataSet.contains(tag(element))) {
        return false;
      }
    }
    return true;
  }

  /** Who has reserved the block of a private element; empty for other elements. */
  public static Optional<String> creatorOf(Attributes dataSet, int tag) {
    int block = Tag.element(tag) >>> 8;
    return Tag.isPrivate(tag) && block >= FIRST
        ? dataSet.getString(tag & 0xFFFF_0000 | block)
        : Optional.empty();
  }

  /** The tag of the element that names the creator. */
  public int creatorTag() {
    return group << 16 | block;
  }

  /**
   * The tag of an element in this block.
   *
   * @param element 00 to FF
   */
  public int tag(int element) {
    return group << 16 | block << 8 | element & 0xFF;
  }
}
