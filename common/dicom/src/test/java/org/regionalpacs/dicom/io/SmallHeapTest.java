package org.regionalpacs.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.ChildJvm;
import org.regionalpacs.dicom.TestFiles;

/** The whole folder of samples, with all pixel data, in a heap of 64 MB within seconds. */
class SmallHeapTest {

  @Test
  void givenEverySample_whenReadWholeInAHeapOf64Mb_thenNoneHangsOrExhaustsIt() throws Exception {
    ChildJvm.Result result =
        ChildJvm.run(
            Duration.ofSeconds(30),
            List.of("-Xmx64m"),
            ReadAll.class.getName(),
            List.of(TestFiles.root().toString()));
    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output())
        .containsPattern(Pattern.compile("read=4\\d\\d refused=\\d{1,2}\\b"));
  }
}
