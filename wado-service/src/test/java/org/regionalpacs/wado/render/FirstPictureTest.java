package org.regionalpacs.wado.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FirstPictureTest {
  @Test
  void whenTheServiceIsUp_thenAPictureIsMadeWithoutAComplaint(CapturedOutput output)
      throws InterruptedException {
    Thread thread = new FirstPicture().start();

    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.join(Duration.ofSeconds(50))).isTrue();
    assertThat(output).doesNotContain("Pictures can't be made");
  }
}
