package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.intake.IntakeException.Reason;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.RealServices;
import org.springframework.util.unit.DataSize;

/** On a volume of 8 MB, where this user may mount one. */
class DiskFullTest {
  @TempDir Path root;

  @BeforeEach
  void mount() {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount a volume");
    ExternalTool.Outcome mount =
        ExternalTool.named("mount").run("-t", "tmpfs", "-o", "size=8m", "tmpfs", root);
    assumeTrue(mount.code() == 0, "no volume can be mounted here: " + mount.output());
  }

  @AfterEach
  void unmount() {
    ExternalTool.named("umount").run("-l", root);
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

  private static IntakeProperties minimumFree(int megabytes) {
    return new IntakeProperties(
        Sync.FSYNC, Duration.ofSeconds(2), true, DataSize.ofMegabytes(megabytes));
  }
}
