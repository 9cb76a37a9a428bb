package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four services in JVMs of their own. */
class SeparateIT {
  private static final Duration SOON = Duration.ofMinutes(6);

  /** For what a JVM of its own is asked. */
  private static final Duration SELDOM = Duration.ofSeconds(2);

  @TempDir Path dir;
  private RunningProduct product;

  @BeforeEach
  void up() throws Exception {
    // For as long a sender waits when Kafka is away.
    Files.writeString(dir.resolve("pacs.yml"), "pacs.intake.publish-timeout: 2s\n");
    product = RunningProduct.up(dir, "--separate");
  }

  @AfterEach
  void down() throws Exception {
    product.close();
  }

  @Test
  void givenServicesApart_thenTheyHealAloneAndEndWithTheirLauncher() throws Exception {
    List<Child> children = Child.of(DataFolder.of(dir), state());
    assertThat(children).hasSize(7).allMatch(child -> child.pid().isPresent());

    new KilledLoader(SeparateProduct.of(product), dir.resolve("warehouse")).check();
    aKilledServiceRunsAgain(children);
    whatIsOnHoldStaysDownWhileImagesAreTaken();
    servicesStartWithoutADatabaseAndUseItOnceItIsThere(children);

    List<Long> pids = children.stream().map(child -> child.pid().orElseThrow()).toList();
    product.kill();
    await().atMost(SOON).until(() -> pids.stream().noneMatch(SeparateIT::alive));
  }

  private void aKilledServiceRunsAgain(List<Child> children) {
    Child storescp =
        children.stream()
            .filter(child -> child.name().equals("storescp"))
            .findFirst()
            .orElseThrow();
    long before = storescp.pid().orElseThrow();

    ProcessHandle.of(before).orElseThrow().destroyForcibly();

    product.process().awaitOutput("storescp runs again");
    assertThat(storescp.pid().orElseThrow()).isNotEqualTo(before);
  }

  private void whatIsOnHoldStaysDownWhileImagesAreTaken() throws Exception {
    assertThat(PacsProcess.run("stop", "kafka", "redis", "--data", dir).exitCode()).isZero();
    CtStudy study = CtStudy.write(dir.resolve("images"), 1, 2);
    assertThat(PacsProcess.run("send", dir.resolve("images"), "--data", dir).exitCode()).isZero();
    assertThat(PacsProcess.run("status", "--data", dir).output())
        .contains("kafka       on hold", "redis       on hold", "storescp    pid ");

    assertThat(PacsProcess.run("start", "kafka", "redis", "--data", dir).exitCode()).isZero();
    await()
        .atMost(SOON)
        .until(() ->
            product.dicomWeb().json("/studies?StudyInstanceUID=" + study.studyUid()).size() == 1);
    // Allowed by default, as nobody else reaches it.
    assertThat(product.dicomWeb().delete("/studies/" + study.studyUid())).isEqualTo(204);
    assertThat(PacsProcess.run("stop", "nobody", "--data", dir).output())
        .startsWith("nobody is no process of its own here; these are: postgresql, kafka");
  }

  private void servicesStartWithoutADatabaseAndUseItOnceItIsThere(List<Child> children)
      throws Exception {
    assertThat(PacsProcess.run("stop", "postgresql", "--data", dir).exitCode()).isZero();
    List<Child> needIt =
        children.stream()
            .filter(child -> List.of("wado", "consumer", "webworker").contains(child.name()))
            .toList();
    List<Integer> before = needIt.stream().map(this::restarts).toList();
    needIt.forEach(
        child -> ProcessHandle.of(child.pid().orElseThrow()).orElseThrow().destroyForcibly());
    for (int i = 0; i < needIt.size(); i++) {
      int more = before.get(i) + 1;
      Child child = needIt.get(i);
      await().atMost(SOON).until(() -> restarts(child) >= more);
    }

    assertThat(PacsProcess.run("start", "postgresql", "--data", dir).exitCode()).isZero();
    await().atMost(SOON).until(() -> SeparateProduct.of(product).trouble().isEmpty());
    await()
        .atMost(SOON)
        .pollDelay(Duration.ZERO)
        .pollInterval(SELDOM)
        .untilAsserted(() -> {
          PacsProcess status = PacsProcess.run("status", "--data", dir);
          assertThat(status.exitCode()).as(status.output()).isZero();
        });
  }

  private int restarts(Child child) {
    return product.process().said(child.name() + " runs again");
  }

  private RunState state() {
    return RunState.running(DataFolder.of(dir)).orElseThrow();
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
