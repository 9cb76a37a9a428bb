package org.regionalpacs.dicom.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.ChildJvm;
import org.regionalpacs.dicom.net.PduTarget;

/**
 * Fuzzes what reads strangers' bytes with Jazzer, each target in a JVM of its own, for {@code
 * -Dpacs.fuzz.seconds}, by default 3. What it finds lands in {@code src/test/resources/fuzz} and is
 * a regression from then on.
 */
class FuzzTest {
  private static final Path FOUND = Path.of("src/test/resources/fuzz");

  /** Guidance by coverage needs some ten seconds to begin with. */
  private static final boolean GUIDED = Integer.getInteger("pacs.fuzz.seconds") != null;

  private static final int SECONDS = Integer.getInteger("pacs.fuzz.seconds", 3);

  @TempDir Path corpus;

  private interface Target {
    void read(byte[] input) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> givenWhatFuzzingFoundBefore_whenRead_thenItIsReadOrRefused()
      throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    tests.addAll(found("dataset", DataSetTarget::fuzzerTestOneInput));
    tests.addAll(found("pdu", PduTarget::fuzzerTestOneInput));
    tests.addAll(found("json", JsonTarget::fuzzerTestOneInput));
    return tests.stream();
  }

  private static List<DynamicTest> found(String target, Target read) throws IOException {
    try (Stream<Path> files = Files.list(FOUND.resolve(target))) {
      return files
          .sorted()
          .map(file ->
              DynamicTest.dynamicTest(
                  target + "/" + file.getFileName(), () -> read.read(Files.readAllBytes(file))))
          .toList();
    }
  }

  @Test
  void givenBrokenDataSets_whenFuzzed_thenEachIsReadOrRefusedInLittleMemory() throws Exception {
    Seeds.dataSets(corpus);
    fuzz("dataset", DataSetTarget.class);
  }

  @Test
  void givenBrokenPdus_whenFuzzed_thenEachIsReadOrRefusedInLittleMemory() throws Exception {
    Seeds.pdus(corpus);
    fuzz("pdu", PduTarget.class);
  }

  @Test
  void givenBrokenJson_whenFuzzed_thenEachIsReadOrRefusedInLittleMemory() throws Exception {
    Files.writeString(
        corpus.resolve("json"),
        """
        [{"00100010":{"vr":"PN","Value":[{"Alphabetic":"A^B"}]},"00280010":{"vr":"US","Value":[1]},
        "00081032":{"vr":"SQ","Value":[{"00080100":{"vr":"SH","Value":["X"]}}]},
        "7FE00010":{"vr":"OB","InlineBinary":"AAEC"},"00420011":{"vr":"OB","BulkDataURI":"b"}}]
        """);
    fuzz("json", JsonTarget.class);
  }

  private void fuzz(String name, Class<?> target) throws Exception {
    ChildJvm.Result result =
        ChildJvm.run(
            Duration.ofSeconds(SECONDS + 60),
            List.of(
                "-Xmx256m", "-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED"),
            "com.code_intelligence.jazzer.Jazzer",
            List.of(
                "--target_class=" + target.getName(),
                "--hooks=" + GUIDED,
                "--instrumentation_includes=org.regionalpacs.**",
                "--reproducer_path=" + corpus.toAbsolutePath(),
                "-artifact_prefix=" + FOUND.resolve(name).toAbsolutePath() + "/",
                "-seed=20261122",
                "-max_len=16384",
                "-timeout=5",
                "-rss_limit_mb=1024",
                "-max_total_time=" + SECONDS,
                corpus.toAbsolutePath().toString()));
    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output()).contains("Done ");
  }
}
