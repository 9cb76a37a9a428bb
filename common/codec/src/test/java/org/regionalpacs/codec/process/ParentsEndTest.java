package org.regionalpacs.codec.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.FrameEncoder;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.dicom.data.UID;
import org.springframework.util.unit.DataSize;

/** A child doesn't outlive its parent, not even one that is killed by force. */
class ParentsEndTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "the child {0}")
  @ValueSource(strings = {"waits", "works"})
  void givenTheParentIsKilledByForce_thenTheChildEnds(String doing) throws Exception {
    assumeTrue(KnownLibraries.complete(ForeignCodecs.availability()));
    Path ready = folder.resolve("ready");
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                ready.toString(),
                doing)
            .inheritIO()
            .start();
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(ready));
    } finally {
      parent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    long pid = Long.parseLong(Files.readString(ready));

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  /** A JVM that has a child. */
  static final class Parent {
    private static final String SYNTAX = UID.JPEG2000Lossless;

    public static void main(String[] arguments) throws Exception {
      CodecProperties defaults = CodecProperties.defaults();
      CodecProperties settings =
          new CodecProperties(
              1,
              DataSize.ofGigabytes(4),
              defaults.maxTime(),
              defaults.maxWait(),
              1,
              defaults.idle(),
              defaults.charls(),
              defaults.openjpeg());
      CodecProcesses pool = new CodecProcesses(settings);
      FrameEncoder encoder = pool.encoder(SYNTAX).orElseThrow();
      encoder.encode(noise(8), SYNTAX, EncoderOptions.LOSSLESS);
      if (arguments[1].equals("works")) {
        Samples large = noise(10_000);
        Thread.ofPlatform()
            .start(() -> {
              try {
                encoder.encode(large, SYNTAX, EncoderOptions.LOSSLESS);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
        awaitWork(pool);
      }
      Path ready = Path.of(arguments[0]);
      Path half = ready.resolveSibling("half");
      Files.writeString(half, "" + pool.pids().getFirst());
      Files.move(half, ready);
      new CountDownLatch(1).await(10, TimeUnit.MINUTES);
    }

    /** Until the child has had a second of work. */
    private static void awaitWork(CodecProcesses pool) {
      ProcessHandle child = ProcessHandle.of(pool.pids().getFirst()).orElseThrow();
      Duration before = child.info().totalCpuDuration().orElseThrow();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> child.info().totalCpuDuration().orElseThrow().minus(before).toMillis() > 1000);
    }

    private static Samples noise(int size) {
      byte[] bytes = new byte[size * size];
      new Random(size).nextBytes(bytes);
      return Samples.of(
          new ImageDescription(size, size, Photometric.MONOCHROME2, 8, 8, 7, false, false), bytes);
    }
  }
}
