package org.regionalpacs.codec.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CodecUnavailableException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.EncodedFrame;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.FailedFrameException;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Written;
import org.regionalpacs.dicom.data.UID;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What is counted of codec processes. */
class CodecMetricsTest {
  private static final String SYNTAX = UID.JPEGLSLossless;
  private static final ImageDescription IMAGE =
      new ImageDescription(40, 37, Photometric.MONOCHROME2, 16, 12, 11, false, false);

  private final MeterRegistry meters = new SimpleMeterRegistry();

  @BeforeEach
  void libraries() {
    assumeTrue(KnownLibraries.complete(ForeignCodecs.availability()));
  }

  private CodecProcesses pool(Duration maxTime) {
    CodecProperties defaults = CodecProperties.defaults();
    Duration minute = Duration.ofMinutes(1);
    return new CodecProcesses(
        new CodecProperties(
            1,
            defaults.memory(),
            maxTime,
            minute,
            8,
            minute,
            defaults.charls(),
            defaults.openjpeg()),
        meters);
  }

  private static EncodedFrame encode(CodecProcesses pool) throws CodecException {
    return pool.encoder(SYNTAX)
        .orElseThrow()
        .encode(Written.picture(IMAGE), SYNTAX, EncoderOptions.LOSSLESS);
  }

  private static void decode(CodecProcesses pool, byte[] frame) throws CodecException {
    pool.decoder(SYNTAX).orElseThrow().decode(frame, SYNTAX, IMAGE);
  }

  private long frames(String work, String outcome) {
    return meters
        .get("pacs.codec.frames")
        .tags("work", work, "syntax", SYNTAX, "outcome", outcome)
        .timer()
        .count();
  }

  private double processes(String state) {
    return meters.get("pacs.codec.processes").tag("state", state).gauge().value();
  }

  private double count(String name, String tag, String value) {
    return meters.get(name).tag(tag, value).counter().count();
  }

  @Test
  void givenFrames_thenTheyAreCountedByWorkAndOutcome() throws CodecException {
    try (CodecProcesses pool = pool(Duration.ofMinutes(1))) {
      byte[] frame = encode(pool).bytes();
      decode(pool, frame);
      decode(pool, frame);
      assertThatThrownBy(() -> decode(pool, Arrays.copyOf(frame, 9)))
          .isInstanceOf(CorruptFrameException.class);
      ImageDescription bits =
          new ImageDescription(8, 8, IMAGE.photometric(), 1, 1, 0, false, false);
      assertThatThrownBy(() -> pool.decoder(SYNTAX).orElseThrow().decode(frame, SYNTAX, bits))
          .isInstanceOf(UnsupportedImageException.class);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> decode(pool, frame)).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();

      assertThat(processes("working")).isZero();
      assertThat(processes("idle")).isEqualTo(1);
      pool.close();
      assertThatThrownBy(() -> decode(pool, frame)).isInstanceOf(CodecUnavailableException.class);
    }

    assertThat(frames("encode", "done")).isEqualTo(1);
    assertThat(frames("decode", "done")).isEqualTo(2);
    assertThat(frames("decode", "corrupt")).isEqualTo(1);
    assertThat(frames("decode", "unsupported")).isEqualTo(1);
    assertThat(frames("decode", "unwanted")).isEqualTo(1);
    assertThat(frames("decode", "unavailable")).isEqualTo(1);
    assertThat(meters.get("pacs.codec.wait").timer().count()).isEqualTo(6);
    assertThat(meters.get("pacs.codec.waiting").gauge().value()).isZero();
    assertThat(count("pacs.codec.starts", "outcome", "started")).isEqualTo(1);
    assertThat(count("pacs.codec.lost", "cause", "frame")).isZero();
  }

  @Test
  void givenAFrameThatEndsItsProcess_thenTheLossAndTheNewStartAreCounted() throws Exception {
    try (CodecProcesses pool = pool(Duration.ofSeconds(3))) {
      byte[] frame = encode(pool).bytes();
      long pid = pool.pids().getFirst();
      CodecProcessesTest.stop(pid);
      assertThatThrownBy(() -> decode(pool, frame)).isInstanceOf(FailedFrameException.class);
      decode(pool, frame);
    }

    assertThat(frames("decode", "failed")).isEqualTo(1);
    assertThat(frames("decode", "done")).isEqualTo(1);
    assertThat(count("pacs.codec.lost", "cause", "frame")).isEqualTo(1);
    assertThat(count("pacs.codec.lost", "cause", "unwanted")).isZero();
    assertThat(count("pacs.codec.starts", "outcome", "started")).isEqualTo(2);
  }

  @Test
  void givenAProcessThatDoesNotStart_thenThatIsCounted() {
    CodecMetrics metrics = new CodecMetrics(meters);
    Children children = new Children(CodecProperties.defaults(), metrics);

    children.failed("ended with status 1");

    assertThat(count("pacs.codec.starts", "outcome", "failed")).isEqualTo(1);
  }

  @Test
  void givenARegistryInTheContext_thenThatHasThem() {
    new ApplicationContextRunner()
        .withUserConfiguration(CodecConfiguration.class)
        .withBean(MeterRegistry.class, () -> meters)
        .run(from -> assertThat(processes("working") + processes("idle")).isZero());
  }
}
