package org.regionalpacs.codec.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.codec.Availability;
import org.regionalpacs.codec.CodecException;
import org.regionalpacs.codec.CodecUnavailableException;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.codec.EncodedFrame;
import org.regionalpacs.codec.EncoderOptions;
import org.regionalpacs.codec.FailedFrameException;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.codec.Written;
import org.regionalpacs.dicom.data.UID;
import org.springframework.util.unit.DataSize;

/** Children that work, hang, crash and are killed. */
class CodecProcessesTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String SYNTAX = UID.JPEG2000Lossless;
  private static final ImageDescription IMAGE =
      new ImageDescription(40, 37, Photometric.MONOCHROME2, 16, 12, 11, false, false);

  @BeforeEach
  void libraries() {
    assumeTrue(
        KnownLibraries.complete(ForeignCodecs.availability()),
        () -> ForeignCodecs.availability().toString());
  }

  private static CodecProperties settings(int processes, Duration maxTime, Duration idle) {
    CodecProperties defaults = CodecProperties.defaults();
    return new CodecProperties(
        processes,
        defaults.memory(),
        maxTime,
        LONG,
        8,
        idle,
        defaults.charls(),
        defaults.openjpeg());
  }

  private static CodecProcesses pool(int processes) {
    return new CodecProcesses(settings(processes, LONG, LONG));
  }

  private static byte[] frame() throws CodecException {
    return ForeignCodecs.encoder(SYNTAX)
        .orElseThrow()
        .encode(Written.picture(IMAGE), SYNTAX, EncoderOptions.LOSSLESS)
        .bytes();
  }

  private static Samples decode(CodecProcesses pool, byte[] frame) throws CodecException {
    return pool.decoder(SYNTAX).orElseThrow().decode(frame, SYNTAX, IMAGE);
  }

  private static FutureTask<Samples> decoding(CodecProcesses pool, byte[] frame) {
    FutureTask<Samples> task = new FutureTask<>(() -> decode(pool, frame));
    Thread.ofPlatform().start(task);
    return task;
  }

  private static void signal(String signal, long pid) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Ends once it has stopped: the signal alone only begins that. */
  static void stop(long pid) throws Exception {
    Path threads = Path.of("/proc", Long.toString(pid), "task");
    assumeTrue(Files.isDirectory(threads), "only Linux says whether a process is stopped");
    signal("STOP", pid);
    await()
        .until(() -> {
          try (Stream<Path> each = Files.list(threads)) {
            return each.allMatch(CodecProcessesTest::isStopped);
          }
        });
  }

  private static boolean isStopped(Path thread) {
    try {
      return Files.readString(thread.resolve("status")).contains("State:\tT");
    } catch (IOException e) {
      return false;
    }
  }

  private static void assertWorks(CodecProcesses pool) throws CodecException {
    Samples samples = decode(pool, frame());
    assertThat(samples.value(7, 0)).isEqualTo(Written.picture(IMAGE).value(7, 0));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    UID.JPEGLSLossless + ", MONOCHROME2, 12",
    UID.JPEGLSNearLossless + ", RGB, 8",
    UID.JPEG2000Lossless + ", RGB, 8",
    UID.JPEG2000 + ", MONOCHROME2, 16"
  })
  void givenAnImage_thenAChildDoesWhatTheLibraryDoes(
      String syntax, Photometric photometric, int bits) throws CodecException {
    ImageDescription image =
        new ImageDescription(40, 37, photometric, bits > 8 ? 16 : 8, bits, bits - 1, false, false);
    Samples picture = Written.picture(image);
    try (CodecProcesses pool = pool(1)) {
      EncodedFrame encoded =
          pool.encoder(syntax).orElseThrow().encode(picture, syntax, EncoderOptions.LOSSLESS);
      Samples decoded =
          pool.decoder(syntax).orElseThrow().decode(encoded.bytes(), syntax, encoded.image());

      EncodedFrame here =
          ForeignCodecs.encoder(syntax)
              .orElseThrow()
              .encode(picture, syntax, EncoderOptions.LOSSLESS);
      Samples expected =
          ForeignCodecs.decoder(syntax).orElseThrow().decode(here.bytes(), syntax, here.image());
      assertThat(encoded.bytes()).isEqualTo(here.bytes());
      assertThat(encoded.image()).isEqualTo(here.image());
      assertThat(decoded.bytes()).isEqualTo(expected.bytes());
      assertThat(decoded.image()).isEqualTo(expected.image());
      assertThat(pool.pids()).hasSize(1);
    }
  }

  @Test
  void givenASyntaxWithoutALibrary_thenItIsDecodedHereOrNotAtAll() {
    try (CodecProcesses pool = pool(1)) {
      assertThat(pool.decoder(UID.RLELossless)).isPresent();
      assertThat(pool.encoder(UID.RLELossless)).isPresent();
      assertThat(pool.decoder("1.2.3")).isEmpty();
      assertThat(pool.encoder(UID.HTJ2K)).isEmpty();
      assertThat(pool.pids()).isEmpty();
    }
  }

  /**
   * Pipes are read by platform threads: a virtual one that blocks on a pipe keeps its carrier, and
   * two slow images would stop every request of a small host.
   */
  @Test
  void givenAVirtualThread_whenAChildIsSlow_thenItWaitsWithoutItsCarrier() throws Exception {
    try (CodecProcesses pool = pool(1)) {
      assertWorks(pool);
      byte[] frame = frame();
      long pid = pool.pids().getFirst();
      stop(pid);
      FutureTask<Samples> task = new FutureTask<>(() -> decode(pool, frame));

      Thread waiting = Thread.ofVirtual().start(task);

      // One that blocks in a system call is RUNNABLE all the time.
      await().until(() -> waiting.getState() == Thread.State.WAITING);
      signal("CONT", pid);
      assertThat(task.get(1, TimeUnit.MINUTES).value(7, 0))
          .isEqualTo(Written.picture(IMAGE).value(7, 0));
    }
  }

  @Test
  void givenWhatACodecRefuses_thenItSaysSoAndGoesOn() throws CodecException {
    try (CodecProcesses pool = pool(1)) {
      byte[] frame = frame();
      ImageDescription other =
          new ImageDescription(41, 37, Photometric.MONOCHROME2, 16, 12, 11, false, false);

      assertThatThrownBy(() -> decode(pool, new byte[100]))
          .isInstanceOf(CorruptFrameException.class);
      List<Long> pids = pool.pids();
      assertThatThrownBy(() -> pool.decoder(SYNTAX).orElseThrow().decode(frame, SYNTAX, other))
          .isInstanceOf(CorruptFrameException.class)
          .hasMessageContaining("instead of 37 x 41 of 1");
      assertThatThrownBy(() ->
              pool.encoder(SYNTAX)
                  .orElseThrow()
                  .encoded(IMAGE.inPixels(Photometric.YBR_RCT), SYNTAX, EncoderOptions.LOSSLESS))
          .isInstanceOf(UnsupportedImageException.class);
      assertWorks(pool);
      assertThat(pool.pids()).isEqualTo(pids);
    }
  }

  @Test
  void givenAFrameLargerThanTheMemory_thenItIsRefusedBeforeItIsSent() {
    ImageDescription huge =
        new ImageDescription(30_000, 30_000, Photometric.MONOCHROME2, 8, 8, 7, false, false);
    try (CodecProcesses pool = pool(1)) {
      assertThatThrownBy(
              () -> pool.decoder(SYNTAX).orElseThrow().decode(new byte[10], SYNTAX, huge))
          .isInstanceOf(UnsupportedImageException.class)
          .hasMessageContaining("pacs.codec.memory");
      assertThat(pool.pids()).isEmpty();
    }
  }

  @Test
  void givenAProcess_thenItsMemoryIsLimitedAndItKnowsNoPasswords() throws Exception {
    try (CodecProcesses pool = pool(1)) {
      decode(pool, frame());
      Path process = Path.of("/proc", Long.toString(pool.pids().getFirst()));
      assumeTrue(Files.isReadable(process.resolve("environ")), "only Linux tells");

      assertThat(System.getenv()).containsKey("HOME");
      assertThat(Files.readString(process.resolve("environ")))
          .contains("MALLOC_ARENA_MAX=2")
          .doesNotContain("HOME=");
      assertThat(Files.readString(process.resolve("limits")))
          .containsPattern("Max address space +" + ((1024L + 384) << 20) + " ")
          .containsPattern("Max core file size +0 ");
    }
  }

  @Test
  void givenAFrameTakesTooLong_thenItsProcessIsKilledAndTheNextGetsANewOne() throws Exception {
    CodecProperties settings = settings(1, Duration.ofSeconds(3), LONG);
    try (CodecProcesses pool = new CodecProcesses(settings)) {
      byte[] frame = frame();
      decode(pool, frame);
      long pid = pool.pids().getFirst();
      stop(pid);

      assertThatThrownBy(() -> decode(pool, frame))
          .isInstanceOf(FailedFrameException.class)
          .hasMessage("a codec process took longer than 3 s and was killed");
      assertWorks(pool);
      assertThat(pool.pids()).hasSize(1).doesNotContain(pid);
      await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @ParameterizedTest(name = "SIG{0}: {1}")
  @CsvSource({"KILL, was ended by signal 9", "SEGV, crashed in "})
  void givenAProcessCrashes_thenOnlyItsFrameFails(String signal, String said) throws Exception {
    try (CodecProcesses pool = pool(1)) {
      decode(pool, frame());
      long pid = pool.pids().getFirst();
      Samples large =
          Written.picture(new ImageDescription(3000, 3000, Photometric.RGB, 8, 8, 7, false, false));
      FutureTask<EncodedFrame> crashing =
          new FutureTask<>(() ->
              pool.encoder(SYNTAX).orElseThrow().encode(large, SYNTAX, EncoderOptions.LOSSLESS));
      Thread.ofPlatform().start(crashing);
      await().until(() -> pool.busy() == 1);
      signal(signal, pid);

      Throwable failure = catchThrowable(() -> crashing.get(60, TimeUnit.SECONDS));
      assertThat(failure)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(FailedFrameException.class)
          .hasMessageContaining(said);
      assertWorks(pool);
      assertThat(pool.pids()).hasSize(1).doesNotContain(pid);
    }
  }

  @Test
  void givenAnIdleProcessIsKilled_thenNoFrameFails() throws Exception {
    try (CodecProcesses pool = pool(1)) {
      decode(pool, frame());
      long pid = pool.pids().getFirst();
      signal("KILL", pid);
      await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());

      assertWorks(pool);
    }
  }

  @Test
  void givenTheThreadIsInterrupted_thenTheFrameIsGivenUpAndTheNextIsDecoded() throws Exception {
    try (CodecProcesses pool = pool(1)) {
      byte[] frame = frame();
      decode(pool, frame);
      long pid = pool.pids().getFirst();
      stop(pid);
      FutureTask<Boolean> cancelled =
          new FutureTask<>(() -> {
            assertThatThrownBy(() -> decode(pool, frame)).isInstanceOf(CancellationException.class);
            return Thread.currentThread().isInterrupted();
          });
      Thread thread = Thread.ofPlatform().start(cancelled);
      await().until(() -> pool.busy() == 1);
      thread.interrupt();

      assertThat(cancelled.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(pool.busy()).isZero();
      assertWorks(pool);
    }
  }

  @Test
  void givenItIsInterruptedWhileAProcessStarts_thenTheNextFrameGetsThat() throws Exception {
    try (CodecProcesses pool = pool(1)) {
      byte[] frame = frame();
      FutureTask<Throwable> cancelled =
          new FutureTask<>(() -> catchThrowable(() -> decode(pool, frame)));
      Thread thread = Thread.ofPlatform().start(cancelled);
      await().pollInterval(Duration.ofMillis(1)).until(() -> pool.busy() == 1);
      List<Long> pids = pool.pids();
      thread.interrupt();

      assertThat(cancelled.get(60, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
      assertWorks(pool);
      assertThat(pool.pids()).isEqualTo(pids);
    }
  }

  @Test
  void givenMoreFramesThanProcesses_thenAllAreDecodedByThese() throws Exception {
    try (CodecProcesses pool = pool(2)) {
      byte[] frame = frame();
      List<FutureTask<Samples>> all =
          Stream.generate(() -> decoding(pool, frame)).limit(8).toList();
      byte[] expected = decode(pool, frame).bytes();
      for (FutureTask<Samples> one : all) {
        assertThat(one.get(60, TimeUnit.SECONDS).bytes()).isEqualTo(expected);
      }
      assertThat(pool.pids()).hasSizeBetween(1, 2);
    }
  }

  @Test
  void givenNoWork_thenProcessesEndAndStartAgainWhenThereIsSome() throws Exception {
    try (CodecProcesses pool = new CodecProcesses(settings(1, LONG, Duration.ofMillis(50)))) {
      decode(pool, frame());
      await().until(() -> pool.pids().isEmpty());

      assertWorks(pool);
    }
  }

  @Test
  void givenItIsClosed_thenProcessesEndAndFramesAreRefused() throws Exception {
    CodecProcesses pool = pool(1);
    decode(pool, frame());
    long pid = pool.pids().getFirst();
    stop(pid);
    FutureTask<Samples> underWay = decoding(pool, frame());
    await().until(() -> pool.busy() == 1);

    pool.close();

    await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    assertThatThrownBy(() -> underWay.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CodecException.class);
    assertThatThrownBy(() -> decode(pool, frame())).isInstanceOf(CodecUnavailableException.class);
    assertThatCode(() -> pool.availability(LONG)).doesNotThrowAnyException();
    assertThat(pool.missing(UID.JPEGLSLossless, LONG)).as("nobody can look").isEmpty();
  }

  @Test
  void givenALibraryIsMissing_thenItsPackageIsNamedAndTheOtherWorks() throws Exception {
    CodecProperties defaults = CodecProperties.defaults();
    CodecProperties settings =
        new CodecProperties(
            1, defaults.memory(), LONG, LONG, 8, LONG, "libnothing.so.1", defaults.openjpeg());
    try (CodecProcesses pool = new CodecProcesses(settings)) {
      List<Availability> libraries = pool.availability(LONG);

      assertThat(libraries).extracting(Availability::usable).containsExactly(false, true);
      assertThat(libraries.getFirst().detail())
          .isEqualTo("libnothing.so.1 isn't installed; install the package libcharls2");
      assertThat(pool.missing(UID.JPEGLSNearLossless, LONG))
          .hasValueSatisfying(
              why -> assertThat(why).contains("CharLS").endsWith("install the package libcharls2"));
      assertThat(pool.missing(UID.HTJ2KLossless, LONG)).isEmpty();
      assertThat(pool.missing(UID.RLELossless, LONG)).isEmpty();
      String jpegLs = UID.JPEGLSLossless;
      assertThatThrownBy(
              () -> pool.decoder(jpegLs).orElseThrow().decode(new byte[9], jpegLs, IMAGE))
          .isInstanceOf(UnsupportedImageException.class)
          .hasMessageContaining("CharLS")
          .hasMessageContaining("libcharls2");
      assertThatThrownBy(() ->
              pool.encoder(jpegLs)
                  .orElseThrow()
                  .encode(Written.picture(IMAGE), jpegLs, EncoderOptions.LOSSLESS))
          .hasMessageContaining("libcharls2");
      assertWorks(pool);
    }
  }

  @Test
  void givenAHeaderThatTakesMuchMemory_thenOnlyItsFrameFails() throws Exception {
    ImageDescription image =
        new ImageDescription(2000, 2000, Photometric.MONOCHROME2, 8, 8, 7, false, false);
    byte[] hostile =
        HostilePrecincts.in(
            ForeignCodecs.encoder(SYNTAX)
                .orElseThrow()
                .encode(Written.picture(image), SYNTAX, EncoderOptions.LOSSLESS)
                .bytes());
    CodecProperties defaults = CodecProperties.defaults();
    CodecProperties settings =
        new CodecProperties(
            1,
            DataSize.ofMegabytes(64),
            LONG,
            LONG,
            8,
            LONG,
            defaults.charls(),
            defaults.openjpeg());
    try (CodecProcesses pool = new CodecProcesses(settings)) {
      assertThatThrownBy(() -> pool.decoder(SYNTAX).orElseThrow().decode(hostile, SYNTAX, image))
          .isInstanceOf(CodecException.class)
          .message()
          .containsIgnoringCase("memory");
      assertWorks(pool);
    }
  }
}
