package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running services find, report and repair what somebody did to the online files. */
class ReconcileIT {
  private static final Duration SOON = Duration.ofMinutes(5);

  /** The last of the four services' ports. */
  private static final int WEBWORKER = 3;

  @TempDir Path dir;

  @Test
  void givenDamagedAndMissingFiles_whenTheNodeLooks_thenTheyAreReportedAndReadFromTheArchive()
      throws Exception {
    Path data = Files.createDirectories(dir.resolve("data"));
    Files.writeString(
        data.resolve("pacs.yml"),
        """
        pacs.reconcile:
          grace: 0s
          interval: 0s
          verify-rate: 1GB
        """);
    CtStudy study = CtStudy.write(dir.resolve("study"), 1, 3);
    try (RunningProduct product = RunningProduct.up(data)) {
      assertThat(PacsProcess.run("send", "--data", data, dir.resolve("study")).exitCode()).isZero();
      await().atMost(SOON).until(() -> dcm(data.resolve("archive"), study).size() == 3);
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(product.dicomWeb().json("/studies/" + study.studyUid() + "/metadata"))
                  .hasSize(3));
      List<Path> files = dcm(data.resolve("online"), study);
      damage(files.get(0));
      Files.delete(files.get(1));
      int port = product.healthPort() + WEBWORKER;

      await().atMost(SOON).until(() -> send(port, "POST").get("planned").asInt() == 1);

      await().atMost(SOON).until(() -> !ended(port).isMissingNode());
      assertThat(ended(port).at("/findings/DAMAGED").asInt()).isEqualTo(1);
      assertThat(ended(port).at("/findings/MISSING").asInt()).isEqualTo(1);
      assertThat(
              send(port, "GET")
                  .get("findings")
                  .valueStream()
                  .map(each -> each.get("path").asString()))
          .containsExactlyInAnyOrder(
              data.resolve("online").relativize(files.get(0)).toString(),
              data.resolve("online").relativize(files.get(1)).toString());
      assertThat(files.get(0)).as("put aside").doesNotExist();
      assertThat(digests(product, study)).containsExactlyInAnyOrderElementsOf(study.digests());
    }
  }

  @Test
  void givenProcessesOfTheNodeKilledWhileTheyLook_thenTheOthersGoOnAndEverythingIsLookedAt()
      throws Exception {
    Path data = Files.createDirectories(dir.resolve("data"));
    Files.writeString(
        data.resolve("pacs.yml"),
        """
        pacs.reconcile:
          grace: 0s
          interval: 0s
          verify-rate: 1KB
        pacs.node-tasks.lease: 10s
        """);
    List<CtStudy> studies = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      studies.add(CtStudy.write(dir.resolve("studies").resolve("study" + i), 1, 2));
    }
    try (RunningProduct product = RunningProduct.up(data, "--separate")) {
      assertThat(PacsProcess.run("send", "--data", data, dir.resolve("studies")).exitCode())
          .isZero();
      for (CtStudy study : studies) {
        await().atMost(SOON).until(() -> dcm(data.resolve("archive"), study).size() == 2);
        await()
            .atMost(SOON)
            // Not found at first: it may be archived before it is indexed.
            .untilAsserted(() ->
                assertThat(product.dicomWeb().json("/studies/" + study.studyUid() + "/metadata"))
                    .hasSize(2));
      }
      List<Path> damaged = new ArrayList<>();
      long bytes = 0;
      for (CtStudy study : studies) {
        List<Path> files = dcm(data.resolve("online"), study);
        damage(files.getFirst());
        damaged.add(data.resolve("online").relativize(files.getFirst()));
        bytes += Files.size(files.get(0)) + Files.size(files.get(1)) - 2 * 1024;
      }
      int port = product.healthPort() + WEBWORKER;
      await().atMost(SOON).until(() -> send(port, "POST").get("planned").asInt() == 1);

      long all = bytes;
      await().atMost(SOON).until(() -> bytesRead(port) > all / 8);
      long before = bytesRead(port);
      // Either may have the task.
      for (String name : List.of("storescp", "wado")) {
        kill(data, name);
        product.process().awaitOutput(name + " runs again");
      }

      await().atMost(SOON).until(() -> !ended(port).isMissingNode());
      assertThat(before).as("read when they were killed").isLessThan(all);
      assertThat(ended(port).at("/findings/DAMAGED").asInt()).isEqualTo(8);
      assertThat(
              send(port, "GET")
                  .get("findings")
                  .valueStream()
                  .map(each -> Path.of(each.get("path").asString())))
          .containsExactlyInAnyOrderElementsOf(damaged);
    }
  }

  private static long bytesRead(int port) throws Exception {
    return send(port, "GET").at("/runs/0/bytesRead").asLong();
  }

  private static void kill(Path data, String name) {
    DataFolder folder = DataFolder.of(data);
    Child.of(folder, RunState.running(folder).orElseThrow()).stream()
        .filter(child -> child.name().equals(name))
        .forEach(
            child -> ProcessHandle.of(child.pid().orElseThrow()).orElseThrow().destroyForcibly());
  }

  /** A file of its own, for the archive has the old one by another name. */
  private static void damage(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);
  }

  private static List<Path> dcm(Path folder, CtStudy study) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(each -> each.toString().contains(study.studyUid()))
          .filter(each -> each.toString().endsWith(".dcm"))
          .sorted()
          .toList();
    }
  }

  private List<String> digests(RunningProduct product, CtStudy study) throws Exception {
    Path retrieved = Files.createDirectories(dir.resolve("retrieved"));
    JsonNode metadata = product.dicomWeb().json("/studies/" + study.studyUid() + "/metadata");
    return metadata
        .valueStream()
        .map(instance -> {
          try {
            String path =
                "/studies/%s/series/%s/instances/%s"
                    .formatted(
                        study.studyUid(),
                        instance.at("/0020000E/Value/0").asString(),
                        instance.at("/00080018/Value/0").asString());
            Path file = retrieved.resolve(instance.at("/00080018/Value/0").asString());
            HttpResponse<byte[]> answer =
                product.dicomWeb().get(path, "Accept", "application/dicom; transfer-syntax=*");
            Files.write(file, answer.body());
            return SampleFile.read(file).digest();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        })
        .toList();
  }

  private static JsonNode ended(int port) throws Exception {
    return send(port, "GET")
        .get("runs")
        .valueStream()
        .filter(run -> !run.path("ended").isNull() && !run.path("ended").isMissingNode())
        .findFirst()
        .orElse(new JsonMapper().missingNode());
  }

  private static JsonNode send(int port, String method) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/reconcile"))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .header("Content-Type", "application/json")
              .timeout(Duration.ofSeconds(10))
              .build();
      return new JsonMapper()
          .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }
}
