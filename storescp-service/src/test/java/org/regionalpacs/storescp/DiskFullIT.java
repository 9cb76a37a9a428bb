package org.regionalpacs.storescp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storescp.listen.DicomListener;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.regionalpacs.test.SmallVolume;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** DCMTK's storescu on a disk that fills up. */
@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=" + StoreScpApplication.CONFIG_NAME,
      "pacs.dimse.port=0",
      "pacs.intake.min-free=4MB"
    })
class DiskFullIT {
  private static SmallVolume volume;

  @Autowired DicomListener listener;

  @BeforeAll
  static void mount() {
    volume = SmallVolume.mount(16);
  }

  @AfterAll
  static void unmount() {
    if (volume != null) {
      volume.close();
    }
  }

  @DynamicPropertySource
  static void onlineStore(DynamicPropertyRegistry registry) {
    registry.add("pacs.online.root", () -> volume.path());
  }

  @Test
  void givenTheDiskFillsUp_whenSent_thenA700WithAReasonAndTakenAgainWhenSpaceReturns(
      @TempDir Path folder) throws IOException {
    Path image = SampleObjects.newStudy().write(folder, 1).getFirst();
    Path other = volume.fill(12);

    ExternalTool.Outcome refused = send(image);
    assertThat(refused.output()).containsIgnoringCase("0xa700").contains("disk space is low");
    assertThat(volume.path().resolve("default")).doesNotExist();

    Files.delete(other);

    ExternalTool.Outcome taken = send(image);
    assertThat(taken.code()).as(taken.output()).isZero();
    assertThat(taken.output()).contains("0x0000");
  }

  private ExternalTool.Outcome send(Path image) {
    return ExternalTool.named("storescu")
        .run("-d", "-aec", "REGIONAL_PACS", "127.0.0.1", listener.port(), image);
  }
}
