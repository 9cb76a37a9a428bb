package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.intake.IntakeException.Reason;
import org.regionalpacs.test.RealServices;
import org.regionalpacs.test.SmallVolume;
import org.springframework.util.unit.DataSize;

/** On a volume of 8 MB, where this user may mount one. */
class DiskFullTest {
  private SmallVolume volume;
  private Path root;

  @BeforeEach
  void mount() {
    volume = SmallVolume.mount(8);
    root = volume.path();
  }

  @AfterEach
  void unmount() {
    if (volume != null) {
      volume.close();
    }
  }

  @Test
  void givenTheDiskFillsUp_whenReceived_thenRefusedAndTheSpaceIsGivenBack() throws Exception {
    try (TestIntake intake =
        TestIntake.start(root, RealServices.kafkaBootstrap(), minimumFree(0))) {
      TestObject object = TestObject.create();
      InputStream large =
          new SequenceInputStream(
              object.stream(), new ByteArrayInputStream(new byte[20 * 1024 * 1024]));

      IntakeException refusal =
          catchThrowableOfType(
              IntakeException.class, () -> intake.intake().receive(object.reception(), large));

      assertThat(refusal.reason()).isEqualTo(Reason.OUT_OF_RESOURCES);
      assertThat(intake.files()).isEmpty();
      assertThat(intake.receive(TestObject.create()).duplicate()).isFalse();
    }
  }

  @Test
  void givenLessSpaceThanTheMark_whenReceived_thenRefusedBeforeAByteIsRead() throws Exception {
    try (TestIntake intake =
        TestIntake.start(root, RealServices.kafkaBootstrap(), minimumFree(16))) {
      TestObject object = TestObject.create();
      InputStream stream = object.stream();
      int length = stream.available();

      IntakeException refusal =
          catchThrowableOfType(
              IntakeException.class, () -> intake.intake().receive(object.reception(), stream));

      assertThat(refusal.reason()).isEqualTo(Reason.OUT_OF_RESOURCES);
      assertThat(stream.available()).isEqualTo(length);
    }
  }

  @Test
  void givenSpaceReturns_whenReceivedAgain_thenItIsTakenWithoutARestart() throws Exception {
    try (TestIntake intake =
        TestIntake.start(root, RealServices.kafkaBootstrap(), minimumFree(4))) {
      Path other = volume.fill(5);
      TestObject object = TestObject.create();
      assertThatThrownBy(() -> intake.receive(object))
          .isInstanceOf(IntakeException.class)
          .hasMessage("disk space is low, send it again later");

      Files.delete(other);

      assertThat(intake.receive(object).duplicate()).isFalse();
    }
  }

  @Test
  void givenManyObjectsAtOnce_whenTheyDoNotAllFit_thenTheMarkIsKeptAndTheAcceptedAreWhole()
      throws Exception {
    int mark = 3;
    String kafka = RealServices.kafkaBootstrap();
    List<Received> accepted = new ArrayList<>();
    List<IntakeException> refused = new ArrayList<>();
    try (TestIntake intake = TestIntake.start(root, kafka, minimumFree(mark))) {
      List<Future<Received>> sent = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 16; i++) {
          TestObject object = TestObject.create();
          InputStream large =
              new SequenceInputStream(
                  object.stream(), new ByteArrayInputStream(new byte[1536 * 1024]));
          sent.add(threads.submit(() -> intake.intake().receive(object.reception(), large)));
        }
      }
      for (Future<Received> each : sent) {
        switch (each.state()) {
          case SUCCESS -> accepted.add(each.resultNow());
          default -> refused.add((IntakeException) each.exceptionNow());
        }
      }
      assertThat(accepted).isNotEmpty();
      assertThat(refused)
          .isNotEmpty()
          .extracting(IntakeException::reason)
          .containsOnly(Reason.OUT_OF_RESOURCES);
      assertThat(root.toFile().getUsableSpace()).isGreaterThanOrEqualTo(mark * 1024 * 1024);
      assertThat(intake.files())
          .containsExactlyInAnyOrderElementsOf(
              accepted.stream().map(each -> each.message().filePath()).toList());
      for (Received each : accepted) {
        assertThat(intake.file(each)).hasSize(each.message().fileSize());
      }
    }
  }

  private static IntakeProperties minimumFree(int megabytes) {
    return new IntakeProperties(
        Sync.FSYNC,
        Duration.ofMinutes(1),
        true,
        DataSize.ofMegabytes(megabytes),
        DataSize.ofGigabytes(1));
  }
}
