package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole product as a user starts and stops it. */
class StandaloneIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path dir;
  private final List<PacsProcess> started = new ArrayList<>();
  private List<String> up;

  @BeforeEach
  void choosePorts() throws IOException {
    up = new ArrayList<>(List.of("up", "--data", dir.toString()));
    up.addAll(PacsProcess.freePorts());
  }

  @AfterEach
  void stopWhatIsLeft() throws Exception {
    for (PacsProcess one : started) {
      one.process().destroy();
      one.exitCode();
    }
  }

  @Test
  void givenAFreshFolder_whenUp_thenAllIsHealthyUntilDown() throws Exception {
    PacsProcess product = up();
    assertThat(product.output()).contains("Try   ./pacs demo");

    PacsProcess status = PacsProcess.run("status", "--data", dir);
    assertThat(status.output()).contains("wado        UP", "webworker   UP", "patient", "free");
    assertThat(status.exitCode()).isZero();

    PacsProcess second = PacsProcess.run(up.toArray());
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.output())
        .startsWith("Already running on " + dir)
        .contains("pid " + product.process().pid());

    List<Long> children = children();
    assertThat(children).hasSize(3);
    PacsProcess down = PacsProcess.run("down", "--data", dir);
    assertThat(down.exitCode()).isZero();
    assertThat(down.output()).startsWith("Stopped in ");
    assertThat(children).noneMatch(StandaloneIT::alive);
    product.exitCode();
    assertThat(product.output()).contains("Stopping...", "Stopped.");
    assertThat(ProductJars.ofThisBuild().kafkaArchive()).isNotEmptyFile();
  }

  @Test
  void givenItIsKilledByForce_whenUpAgain_thenNoOrphanIsInTheWay() throws Exception {
    PacsProcess product = up();
    List<Long> children = children();

    product.process().destroyForcibly();
    product.exitCode();
    PacsProcess next = up();

    assertThat(children).noneMatch(StandaloneIT::alive);
    killsOfEngineAreMended(next);
  }

  private void killsOfEngineAreMended(PacsProcess product) throws IOException {
    long redis = pid(dir.resolve("redis/redis.pid"));
    ProcessHandle.of(redis).orElseThrow().destroyForcibly();

    product.awaitOutput("redis runs again");
    assertThat(pid(dir.resolve("redis/redis.pid"))).isNotEqualTo(redis);
    await().atMost(SOON).until(() -> PacsProcess.run("status", "--data", dir).exitCode() == 0);
  }

  private PacsProcess up() throws IOException {
    PacsProcess product = PacsProcess.start(up.toArray());
    started.add(product);
    return product.awaitOutput(PacsProcess.READY);
  }

  private List<Long> children() {
    return Stream.of("postgresql/postgresql.pid", "kafka/kafka.pid", "redis/redis.pid")
        .map(file -> pid(dir.resolve(file)))
        .toList();
  }

  private static long pid(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
