package org.regionalpacs.storage.chunked;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How an archive elsewhere keeps large blobs ({@code pacs.blocks}).
 *
 * @param threshold a larger blob is split
 * @param size of a block
 * @param parallel blocks of one blob that are uploaded side by side
 * @param buffers blocks in the heap at once, of all blobs together
 * @param journals folder for the lists of blocks of uploads under way
 */
@Validated
@ConfigurationProperties("pacs.blocks")
public record ChunkingProperties(
    @DefaultValue("16MB") @NotNull DataSize threshold,
    @DefaultValue("8MB") @NotNull DataSize size,
    @DefaultValue("4") @Min(1) @Max(64) int parallel,
    @DefaultValue("8") @Min(1) @Max(1024) int buffers,
    @DefaultValue("data/blocks") @NotNull Path journals) {

  /** The sizes, checked. */
  public ChunkingSettings settings() {
    return new ChunkingSettings(
        threshold.toBytes(), Math.toIntExact(size.toBytes()), parallel, buffers);
  }
}
