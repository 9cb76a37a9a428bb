package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCacheTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();
  private static final String JARS = ProductJars.ofThisBuild().classPath();

  @TempDir Path dir;

  /** A JVM that ends after it was ready. */
  static final class Ending {
    public static void main(String[] args) {
      ClassCache.ofThisJvm().orElseThrow().atEnd(true);
    }
  }

  private Path cache() {
    return dir.resolve("classes.aot");
  }

  private Path learnt() {
    return dir.resolve("classes.aot.1");
  }

  private ClassCache learning() {
    return new ClassCache(cache(), Optional.of(learnt()));
  }

  @Test
  void givenAJvmHasLearnt_whenItHasEnded_thenTheNextOneHasACache() throws Exception {
    Process first =
        java("-XX:AOTMode=record", "-XX:AOTConfiguration=" + learnt(), "-cp", JARS, pacs(), "-h");
    ended(first);
    assertThat(learnt()).exists();

    ended(
        learning()
            .makeAfter(first.toHandle(), learnt(), ClassCache.maker(learnt(), List.of(), JARS)));

    // On: one that can't use the cache doesn't start.
    ended(java("-XX:AOTMode=on", "-XX:AOTCache=" + cache(), "-cp", JARS, pacs(), "-h"));
    assertThat(dir).isDirectoryContaining(cache()::equals);
    assertThat(dir.toFile().list()).hasSize(1);
  }

  @Test
  void givenAJvmStillRuns_thenNothingIsMadeBeforeItEnds() throws Exception {
    Process running = new ProcessBuilder("sleep", "60").start();
    Files.writeString(learnt(), "classes");

    Process maker = learning().makeAfter(running.toHandle(), learnt(), copy());

    assertThat(maker.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(cache()).doesNotExist();
    running.destroyForcibly();
    ended(maker);
    assertThat(cache()).hasContent("classes");
  }

  @Test
  void givenTheProductNeverGotReady_thenWhatItsJvmLearntIsForgotten() throws Exception {
    Files.writeString(learnt(), "few classes");

    ended(learning().makeAfter(gone(), learnt(), List.of()));

    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void givenAnotherProductWasFaster_thenItsCacheStays() throws Exception {
    Files.writeString(learnt(), "classes");
    Files.writeString(cache(), "the other's");

    ended(learning().makeAfter(gone(), learnt(), copy()));

    assertThat(cache()).hasContent("the other's");
    assertThat(learnt()).doesNotExist();
  }

  @Test
  void givenABrokenCache_thenTheJvmStartsWithoutAndRemovesIt() throws Exception {
    Files.writeString(cache(), "broken");

    ended(
        java(
            "-XX:AOTCache=" + cache(),
            "-D" + ClassCache.FILE + "=" + cache(),
            "-cp",
            System.getProperty("java.class.path"),
            Ending.class.getName()));

    assertThat(cache()).doesNotExist();
  }

  private List<String> copy() {
    return List.of("cp", learnt().toString(), learnt() + ".aot");
  }

  private static ProcessHandle gone() throws Exception {
    Process process = new ProcessBuilder("true").start();
    ended(process);
    return process.toHandle();
  }

  private static String pacs() {
    return Pacs.class.getName();
  }

  private static Process java(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(JAVA, "-Xlog:cds*=off,aot*=off", "-Xmx64m"));
    line.add("-XX:+UseSerialGC");
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void ended(Process process) throws InterruptedException {
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
