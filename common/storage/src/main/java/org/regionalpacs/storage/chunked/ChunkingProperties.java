package org.regionalpacs.storage.chunked;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
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
 * @param abandonedAfter how long after its last sign of life the blocks of a broken upload are
 *     deleted
 */
@Validated
@ConfigurationProperties("pacs.blocks")
public record ChunkingProperties(
    @DefaultValue("16MB") @NotNull DataSize threshold,
    @DefaultValue("8MB") @NotNull DataSize size,
    @DefaultValue("4") @Min(1) @Max(64) int parallel,
    @DefaultValue("8") @Min(1) @Max(1024) int buffers,
    @DefaultValue("data/blocks") @NotNull Path journals,
    @DefaultValue("30d") @NotNull @DurationMin(minutes = 1) Duration abandonedAfter) {

  /** The sizes, checked. */
  public ChunkingSettings settings() {
    return new ChunkingSettings(
        threshold.toBytes(), Math.toIntExact(size.toBytes()), parallel, buffers);
  }
}
