package org.regionalpacs.storescp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
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

    Files.delete(other);

    ExternalTool.Outcome taken = send(image);
    assertThat(taken.code()).as(taken.output()).isZero();
    assertThat(taken.output()).contains("0x0000");
  }

  @Test
  void givenALargeObjectThatDoesNotFit_whenSentBeforeASmallOne_thenA700AndTheSmallOneIsStored(
      @TempDir Path folder) throws IOException {
    SampleObjects study = SampleObjects.newStudy();
    Path small = study.write(folder, 1).getFirst();
    Path large = folder.resolve("large.dcm");
    Attributes object = study.image(2).setBytes(Tag.PixelData, VR.OW, new byte[14 * 1024 * 1024]);
    try (OutputStream out = Files.newOutputStream(large)) {
      DicomOutputStream.writeFile(
          FileMeta.of(
              object.getString(Tag.SOPClassUID, ""),
              object.getString(Tag.SOPInstanceUID, ""),
              UID.ExplicitVRLittleEndian),
          object,
          out);
    }

    ExternalTool.Outcome outcome =
        ExternalTool.named("storescu")
            .run("-d", "-nh", "-aec", "REGIONAL_PACS", "127.0.0.1", listener.port(), large, small);

    assertThat(outcome.output())
        .containsIgnoringCase("0xa700")
        .contains("disk space is low")
        .contains("0x0000");
    try (Stream<Path> stored = Files.walk(volume.path().resolve("default"))) {
      assertThat(stored.filter(Files::isRegularFile)).hasSizeGreaterThanOrEqualTo(1);
    }
    try (Stream<Path> temporary = Files.walk(volume.path().resolve(".tmp"))) {
      assertThat(temporary.filter(each -> each.toString().endsWith(".part"))).isEmpty();
    }
  }

  private ExternalTool.Outcome send(Path image) {
    return ExternalTool.named("storescu")
        .run("-d", "-aec", "REGIONAL_PACS", "127.0.0.1", listener.port(), image);
  }
}
