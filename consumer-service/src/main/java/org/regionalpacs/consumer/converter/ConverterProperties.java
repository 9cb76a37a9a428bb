package org.regionalpacs.consumer.converter;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The converter. See {@code consumer.yml} for further keys, which its listener reads.
 *
 * @param parallel objects converted side by side
 * @param scratch a folder of this process alone, emptied when it starts
 * @param largest larger files aren't converted; each takes up to three times its size in scratch
 * @param reserve so much of scratch's disk stays free
 */
@Validated
@ConfigurationProperties("pacs.converter")
record ConverterProperties(
    @DefaultValue("1") @Min(1) @Max(64) int parallel,
    @DefaultValue("data/convert-scratch") @NotNull Path scratch,
    @DefaultValue("4GB") @NotNull DataSize largest,
    @DefaultValue("1GB") @NotNull DataSize reserve) {

  @AssertTrue(message = "largest must be positive and reserve not negative")
  boolean isUsable() {
    return largest.toBytes() > 0 && reserve.toBytes() >= 0;
  }
}
