package org.regionalpacs.consumer.loader;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The loader. A batch of a partition is cut where the first of {@code rows}, {@code bytes} and
 * {@code age} is reached.
 *
 * @param enabled whether this process loads
 * @param consumers threads that read topics
 * @param rows of a batch
 * @param bytes of the messages of a batch
 * @param age of the oldest message of a batch
 * @param parallel loads at a time
 * @param finish how long a stop waits for loads under way; those that take longer are repeated
 */
@Validated
@ConfigurationProperties("pacs.loader")
record LoaderProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("1") @Min(1) @Max(16) int consumers,
    @DefaultValue("5000") @Min(1) @Max(1_000_000) int rows,
    @DefaultValue("8MB") @NotNull DataSize bytes,
    @DefaultValue("3s") @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 10) Duration age,
    @DefaultValue("2") @Min(1) @Max(64) int parallel,
    @DefaultValue("5s") @NotNull @DurationMin(millis = 0) @DurationMax(minutes = 1)
        Duration finish) {
  private static final DataSize LEAST = DataSize.ofKilobytes(1);
  private static final DataSize MOST = DataSize.ofMegabytes(256);

  @AssertTrue(message = "bytes must be between 1KB and 256MB")
  boolean isBytesInRange() {
    return bytes.compareTo(LEAST) >= 0 && bytes.compareTo(MOST) <= 0;
  }

  /**
   * Bytes of messages that a consumer holds; when it has more, it reads on in one partition only.
   */
  long memory() {
    return (parallel + 2) * bytes.toBytes();
  }
}
