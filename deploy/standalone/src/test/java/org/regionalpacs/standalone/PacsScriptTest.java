package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cache of classes {@code ./pacs up} gives Java, by a Java that shows what it is given. */
class PacsScriptTest {
  private static final Path SCRIPT = Path.of("..", "..", "pacs");

  @TempDir Path root;
  private Path app;
  private Path jdk;

  @BeforeEach
  void aBuiltTree() throws IOException {
    app = Files.createDirectories(root.resolve("deploy/standalone/target/app"));
    jdk = Files.createDirectories(root.resolve("target/jdk/bin")).getParent();
    Files.copy(SCRIPT, root.resolve("pacs"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    program(jdk.resolve("bin/javac"), "exit 0");
    program(jdk.resolve("bin/java"), "printf '%s\\n' \"$@\"; echo \"${PACS_DETACHED_OPTIONS:-}\"");
    Files.createDirectories(app.resolve("lib"));
    Files.writeString(app.resolve("lib/one.jar"), "one");
    Files.writeString(app.resolve("java.args"), "-cp one.jar\n");
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> up(String... options) throws Exception {
    List<String> line =
        Stream.concat(Stream.of("bash", root.resolve("pacs").toString(), "up"), Stream.of(options))
            .toList();
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", jdk.toString());
    Process process = builder.start();
    List<String> output = new String(process.getInputStream().readAllBytes()).lines().toList();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output.toString()).isZero();
    return output;
  }

  private static String value(List<String> options, String name) {
    return options.stream()
        .filter(option -> option.startsWith(name))
        .map(option -> option.substring(name.length()))
        .findFirst()
        .orElse("none");
  }

  private static Path cache(List<String> options) {
    return Path.of(value(options, "-Dpacs.classes.cache="));
  }

  @Test
  void givenThereIsNoCache_thenJavaLearnsForIt() throws Exception {
    List<String> options = up();

    assertThat(cache(options)).hasParentRaw(app.toRealPath()).doesNotExist();
    assertThat(options).contains("-XX:AOTMode=record");
    assertThat(value(options, "-XX:AOTConfiguration="))
        .startsWith(cache(options) + ".")
        .isEqualTo(value(options, "-Dpacs.classes.learnt="));
    assertThat(value(options, "-XX:AOTCache=")).isEqualTo("none");
  }

  @Test
  void givenThereIsACache_thenJavaUsesItAndLearnsNoMore() throws Exception {
    Path cache = cache(up());
    Files.writeString(cache, "classes");

    List<String> options = up();

    assertThat(value(options, "-XX:AOTCache=")).isEqualTo(cache.toString());
    assertThat(options).doesNotContain("-XX:AOTMode=record");
    assertThat(value(up("--detach"), "-XX:AOTCache=")).isEqualTo(cache.toString());
    assertThat(value(up("--separate"), "-XX:AOTCache=")).isEqualTo(cache.toString());
  }

  @Test
  void givenOtherJarsOrAnotherJdk_thenAnotherCacheIsMeant() throws Exception {
    Path before = cache(up());

    Files.writeString(app.resolve("lib/one.jar"), "ONE");
    Path otherJar = cache(up());
    Files.writeString(app.resolve("java.args"), "-cp one.jar:two.jar\n");
    Path otherPath = cache(up());
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.2\"\n");
    Path otherJdk = cache(up());

    assertThat(Stream.of(before, otherJar, otherPath, otherJdk).distinct()).hasSize(4);
  }

  @Test
  void givenServicesApart_thenTheLauncherLearnsNothing() throws Exception {
    assertThat(up("--separate")).doesNotContain("-XX:AOTMode=record");
  }
}
