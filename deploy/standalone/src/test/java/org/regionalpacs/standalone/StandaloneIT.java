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
import org.regionalpacs.embedded.EmbeddedServer;

/** The whole product as a user starts and stops it. */
class StandaloneIT {
  private static final Duration SOON = Duration.ofMinutes(5);

  /** For what a JVM of its own is asked. */
  private static final Duration SELDOM = Duration.ofSeconds(2);

  @TempDir Path dir;
  private Path data;
  private final List<PacsProcess> started = new ArrayList<>();
  private List<String> up;

  @BeforeEach
  void choosePorts() throws IOException {
    data = dir.resolve("data");
    up = new ArrayList<>(List.of("up", "--data", data.toString()));
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
  void givenAFreshFolder_whenUpDownKilledAndUpAgain_thenAllIsHealthyAndThereEachTime()
      throws Exception {
    CtStudy study = CtStudy.write(dir.resolve("images"), 1, 3);
    allIsHealthyUntilDown(study);
    PacsProcess again = up();
    whatWasStoredIsThereAfterARestart(study);
    noOrphanIsInTheWayAfterAKill(again);
  }

  @Test
  void givenOneServiceCantStart_thenTheProductEndsNamesItAndLeavesNothingRunning()
      throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("pacs.yml"), "pacs.indexer.parallel-reads: 0\n");

    PacsProcess product = PacsProcess.run(up.toArray());

    assertThat(product.exitCode()).isEqualTo(1);
    assertThat(product.output())
        .contains("consumer could not be started: ", "The whole story is in ")
        .doesNotContain("Ready in");
    for (String engine : List.of("postgresql", "kafka", "redis")) {
      assertThat(EmbeddedServer.pid(data.resolve(engine), engine)).isEmpty();
    }
  }

  private void allIsHealthyUntilDown(CtStudy study) throws Exception {
    PacsProcess product = up();
    assertThat(product.output()).contains("Try   ./pacs demo");

    await()
        .atMost(SOON)
        .pollInterval(SELDOM)
        .untilAsserted(() -> {
          PacsProcess status = PacsProcess.run("status", "--data", data);
          assertThat(status.output())
              .contains("wado        UP", "webworker   UP", "patient", "free");
          assertThat(status.exitCode()).isZero();
        });

    PacsProcess second = PacsProcess.run(up.toArray());
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.output())
        .startsWith("Already running on " + data)
        .contains("pid " + product.process().pid());

    assertThat(PacsProcess.run("send", "--data", data, dir.resolve("images")).exitCode()).isZero();
    await().atMost(SOON).until(() -> found(study) == 1);

    List<Long> children = children();
    assertThat(children).hasSize(3);
    PacsProcess down = PacsProcess.run("down", "--data", data);
    assertThat(down.exitCode()).isZero();
    assertThat(down.output()).startsWith("Stopped in ");
    assertThat(children).noneMatch(StandaloneIT::alive);
    product.exitCode();
    assertThat(product.output()).contains("Stopping...", "Stopped.");
    assertThat(ProductJars.ofThisBuild().kafkaArchive()).isNotEmptyFile();
  }

  private void whatWasStoredIsThereAfterARestart(CtStudy study) throws Exception {
    assertThat(found(study)).isEqualTo(1);
    assertThat(web().json("/studies/" + study.studyUid() + "/metadata").size()).isEqualTo(3);
  }

  private int found(CtStudy study) throws Exception {
    return web().json("/studies?StudyInstanceUID=" + study.studyUid()).size();
  }

  private DicomWeb web() {
    return new DicomWeb(RunState.running(DataFolder.of(data)).orElseThrow().http());
  }

  private void noOrphanIsInTheWayAfterAKill(PacsProcess product) throws Exception {
    List<Long> children = children();

    product.process().destroyForcibly();
    product.exitCode();
    PacsProcess next = up();

    assertThat(children).noneMatch(StandaloneIT::alive);
    killsOfEngineAreMended(next);
  }

  private void killsOfEngineAreMended(PacsProcess product) throws IOException {
    long redis = pid(data.resolve("redis/redis.pid"));
    ProcessHandle.of(redis).orElseThrow().destroyForcibly();

    product.awaitOutput("redis runs again");
    assertThat(pid(data.resolve("redis/redis.pid"))).isNotEqualTo(redis);
    await()
        .atMost(SOON)
        .pollInterval(SELDOM)
        .until(() -> PacsProcess.run("status", "--data", data).exitCode() == 0);
  }

  private PacsProcess up() throws IOException {
    PacsProcess product = PacsProcess.start(up.toArray());
    started.add(product);
    return product.awaitOutput(PacsProcess.READY);
  }

  private List<Long> children() {
    return Stream.of("postgresql/postgresql.pid", "kafka/kafka.pid", "redis/redis.pid")
        .map(file -> pid(data.resolve(file)))
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
