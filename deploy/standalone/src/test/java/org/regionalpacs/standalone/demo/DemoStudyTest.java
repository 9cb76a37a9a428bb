package org.regionalpacs.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.SampleObjects;

class DemoStudyTest {
  private static final LocalDateTime TAKEN = LocalDateTime.of(2026, 3, 4, 10, 20, 30);

  @TempDir Path dir;

  @Test
  void givenADemoStudy_thenDciodvfyFindsNoError() {
    ExternalTool dciodvfy = ExternalTool.named("dciodvfy");

    new DemoStudy(1, 6, TAKEN)
        .images()
        .forEach(image -> {
          ExternalTool.Outcome outcome = dciodvfy.run(SampleObjects.write(image, dir));
          assertThat(outcome.output()).startsWith("CTImage").doesNotContain("Error");
        });
  }

  @Test
  void givenTheSameSeed_thenPatientAndPixelsAreTheSameAndUidsAreNew() {
    DemoStudy first = new DemoStudy(7, 4, TAKEN);
    DemoStudy second = new DemoStudy(7, 4, TAKEN);

    assertThat(second.describe()).isEqualTo(first.describe());
    assertThat(second.uid()).isNotEqualTo(first.uid());
    assertThat(pixels(second)).isDeepEqualTo(pixels(first));
    assertThat(first.images().map(image -> image.getString(Tag.SOPInstanceUID, "")))
        .hasSize(4)
        .doesNotHaveDuplicates();
  }

  @Test
  void givenTwoSeries_thenTheyLieOnEachOther() {
    List<Attributes> images = new DemoStudy(1, 60, TAKEN).images().toList();

    assertThat(images).hasSize(60);
    assertThat(images.stream().map(image -> image.getString(Tag.SeriesInstanceUID, "")).distinct())
        .hasSize(2);
    assertThat(
            images.stream().map(image -> image.getString(Tag.FrameOfReferenceUID, "")).distinct())
        .hasSize(1);
    assertThat(images.getFirst().getDoubles(Tag.ImagePositionPatient)[2]).isEqualTo(114);
    assertThat(images.getLast().getDoubles(Tag.ImagePositionPatient)[2]).isEqualTo(-117);
  }

  private static byte[][] pixels(DemoStudy study) {
    return study
        .images()
        .map(image -> image.getBytes(Tag.PixelData).orElseThrow())
        .toArray(byte[][]::new);
  }
}
