package org.regionalpacs.storage.chunked;

/**
 * How large blobs are split.
 *
 * @param threshold bytes above which a blob of known length is split; one of unknown length is
 *     split when it is longer than a block
 * @param block bytes of a block
 * @param parallel blocks of one blob that are uploaded side by side
 * @param buffers blocks in the heap at once, of all blobs together
 */
public record ChunkingSettings(long threshold, int block, int parallel, int buffers) {
  public ChunkingSettings {
    if (block < 1 || threshold < block || parallel < 1 || buffers < 1) {
      throw new IllegalArgumentException(
          "pacs.blocks: the threshold can't be below the size of a block, nothing can be below 1");
    }
  }
}
