package org.regionalpacs.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleObjectsTest {
  @TempDir Path dir;

  @Test
  void givenSamples_thenAnotherReaderUnderstandsThem() {
    SampleObjects study = SampleObjects.newStudy();
    List<Path> files = study.write(dir, 3);

    ExternalTool dump = ExternalTool.named("dcmdump");

    assertThat(files).hasSize(3).doesNotHaveDuplicates();
    for (Path file : files) {
      ExternalTool.Outcome outcome = dump.run(file);
      assertThat(outcome.code()).isZero();
      assertThat(outcome.output())
          .contains(study.studyUid(), study.patientId(), "=LittleEndianExplicit")
          .doesNotContain("W:", "E:");
    }
  }
}
