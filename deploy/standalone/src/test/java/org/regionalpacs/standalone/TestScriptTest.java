package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./pacs test} makes of Maven's run, by a Maven that does what a test says. */
class TestScriptTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String PASSED =
      "<testcase name=\"passed\" classname=\"org.example.SlowTest\" time=\"1\"/>";
  private static final String PASSED_LATER =
      """
      <testcase name="hurried" classname="org.example.SlowTest" time="1">
        <flakyFailure message="too early" type="java.lang.AssertionError"/>
      </testcase>
      """;

  @TempDir Path root;

  @BeforeEach
  void aTreeWithAJdk() throws IOException {
    Files.copy(Path.of("..", "..", "pacs"), root.resolve("pacs"));
    Path bin = Files.createDirectories(root.resolve("target/jdk/bin"));
    Files.writeString(bin.resolveSibling("release"), "JAVA_VERSION=\"25.0.1\"\n");
    program(bin.resolve("javac"), "exit 0");
    program(bin.resolve("java"), "exit 0");
    Files.createDirectories(reports());
  }

  private Path reports() {
    return root.resolve("module/target/surefire-reports");
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process test(String maven) throws IOException {
    program(root.resolve("bin/mvn"), maven);
    ProcessBuilder builder =
        new ProcessBuilder("bash", root.resolve("pacs").toString(), "test")
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", root.resolve("target/jdk").toString());
    builder
        .environment()
        .merge("PATH", root.resolve("bin").toString(), (old, own) -> own + ":" + old);
    return builder.start();
  }

  /** A run that leaves the reports, a second after it began, and ends. */
  private List<String> output(int status, String... cases) throws Exception {
    Path report = root.resolve("report.xml");
    Files.writeString(report, "<testsuite>\n" + String.join("\n", cases) + "\n</testsuite>\n");
    Process process =
        test(
            "sleep 1; cat '%s' > '%s/TEST-org.example.SlowTest.xml'; exit %d"
                .formatted(report, reports(), status));
    List<String> output = new String(process.getInputStream().readAllBytes()).lines().toList();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output.toString()).isEqualTo(status);
    return output;
  }

  @Test
  void givenATestPassesOnlyWhenTriedAgain_thenItIsNamed() throws Exception {
    assertThat(output(0, PASSED, PASSED_LATER))
        .containsSubsequence(
            "Failed once, and passed when tried again:", "  org.example.SlowTest.hurried")
        .noneMatch(line -> line.contains("SlowTest.passed"));
  }

  @Test
  void givenOtherTestsFail_thenItIsNamedAllTheSameAndTheRunHasFailed() throws Exception {
    assertThat(output(1, PASSED_LATER)).contains("  org.example.SlowTest.hurried");
  }

  @Test
  void givenAllPass_thenNothingIsNamedAlsoOfRunsBefore() throws Exception {
    Path before = root.resolve("other/target/surefire-reports/TEST-org.example.OldTest.xml");
    Files.createDirectories(before.getParent());
    Files.writeString(before, "<testsuite>\n" + PASSED_LATER + "</testsuite>\n");

    assertThat(output(0, PASSED)).noneMatch(line -> line.contains("again"));
  }

  @Test
  void givenTheRunIsEnded_thenMavenEndsToo() throws Exception {
    Path pid = root.resolve("pid");
    Process process =
        test("echo $$ > '%s.part'; mv '%<s.part' '%<s'; exec sleep 600".formatted(pid));
    await().atMost(PATIENCE).until(() -> Files.exists(pid));
    ProcessHandle maven =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    try {
      process.destroy();

      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isNotZero();
      await().atMost(PATIENCE).until(() -> !maven.isAlive());
    } finally {
      maven.destroyForcibly();
    }
  }
}
