package org.regionalpacs.codec.process;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.regionalpacs.codec.charls.CharlsCodec;
import org.regionalpacs.codec.openjpeg.OpenjpegCodec;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Child processes that code frames by C libraries.
 *
 * @param processes most at the same time; 0 for as many as there are processors
 * @param memory that a frame may take in one of them, a third of it heap; some 300 MB of address
 *     space come on top, which are hardly used
 * @param maxTime how long a frame may take before its process is killed
 * @param maxWait how long a frame waits for a process
 * @param maxWaiting frames that wait at the same time
 * @param idle how long a process without work is kept
 * @param charls file of CharLS, as the dynamic linker finds it
 * @param openjpeg file of OpenJPEG
 */
@Validated
@ConfigurationProperties("pacs.codec")
public record CodecProperties(
    @DefaultValue("0") @Min(0) @Max(256) int processes,
    @DefaultValue("1GB") @NotNull DataSize memory,
    @DefaultValue("30s") @DurationMin(millis = 100) @DurationMax(hours = 1) Duration maxTime,
    @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(hours = 1) Duration maxWait,
    @DefaultValue("64") @Min(0) @Max(10_000) int maxWaiting,
    @DefaultValue("60s") @DurationMin(millis = 10) @DurationMax(days = 1) Duration idle,
    @DefaultValue(CharlsCodec.FILE) @NotBlank String charls,
    @DefaultValue(OpenjpegCodec.FILE) @NotBlank String openjpeg) {
  private static final DataSize LEAST = DataSize.ofMegabytes(64);
  private static final DataSize MOST = DataSize.ofGigabytes(64);

  /** What holds where nothing is set. */
  public static CodecProperties defaults() {
    return new CodecProperties(
        0,
        DataSize.ofGigabytes(1),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        64,
        Duration.ofSeconds(60),
        CharlsCodec.FILE,
        OpenjpegCodec.FILE);
  }

  @AssertTrue(message = "must be 64MB to 64GB")
  boolean isMemoryUsable() {
    return memory.compareTo(LEAST) >= 0 && memory.compareTo(MOST) <= 0;
  }

  /** Most processes at the same time. */
  int most() {
    return processes > 0 ? processes : Runtime.getRuntime().availableProcessors();
  }

  /** Heap of a process in bytes. */
  long heap() {
    return memory.toBytes() / 3;
  }
}
