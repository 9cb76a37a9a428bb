package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.fastdfs.FakeFastDfs;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Wire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./pacs up --blob-store fastdfs}. */
class FastDfsIT {
  private static final Duration SOON = Duration.ofMinutes(5);

  /** For what a JVM of its own is asked. */
  private static final Duration SELDOM = Duration.ofSeconds(2);

  private static final int LARGE = 20 << 20;

  @TempDir Path dir;
  private FakeFastDfs cluster;
  private Path data;

  @BeforeEach
  void startCluster() throws IOException {
    ExternalTool.named("storescu");
    data = dir.resolve("data");
    cluster = FakeFastDfs.start(dir.resolve("cluster"), 1, 1);
  }

  @AfterEach
  void stopCluster() throws IOException {
    cluster.close();
  }

  @Test
  void givenALocalArchive_whenItMovesToFastDfs_thenWhatIsInEitherIsReadAndDeleted()
      throws Exception {
    CtStudy before = CtStudy.write(dir.resolve("before"), 1, 2);
    try (RunningProduct product = RunningProduct.up(data)) {
      send(product, "before");
      await().atMost(SOON).until(() -> files("archive/default/" + before.studyUid()).size() == 4);
    }

    CtStudy after = CtStudy.write(dir.resolve("after"), 1, 3);
    String largeStudy = UID.generate();
    CtStudy.writeLarge(dir.resolve("large.dcm"), largeStudy, LARGE);
    try (RunningProduct product =
        RunningProduct.up(
            data, "--blob-store=fastdfs", "--fastdfs-trackers=" + cluster.trackers())) {
      send(product, "after");
      await().atMost(SOON).until(() -> cluster.storage(0).files().size() == 3);
      cluster.storage(0).faults().next(Wire.UPLOAD, new Fault.LoseResponse());
      send(product, "large.dcm");
      // Three objects; three blocks of the large one and their list; one that nobody knows.
      await().atMost(SOON).until(() -> cluster.storage(0).files().size() == 8);
      Map<String, Set<String>> asked = new TreeMap<>(MonitoringFiles.asked());
      asked.keySet().removeIf(metric -> !metric.startsWith("pacs_fastdfs_"));
      assertThat(asked).isNotEmpty();
      assertThat(Scrape.of(product).missing(asked)).isEmpty();
      String orphan = orphan();
      assertThat(PacsProcess.run("status", "--data", data).output())
          .contains("Archive  fastdfs, trackers " + cluster.trackers());
      await().atMost(SOON).until(() -> objects(product, largeStudy).size() == 1);
      byte[] large = object(product, objects(product, largeStudy).getFirst());

      for (String study : List.of(before.studyUid(), after.studyUid(), largeStudy)) {
        remove(data.resolve("online/default/" + study));
      }
      assertThat(object(product, objects(product, largeStudy).getFirst()))
          .hasSizeGreaterThan(LARGE)
          .isEqualTo(large);
      assertThat(digests(product, before)).containsExactlyInAnyOrderElementsOf(before.digests());
      assertThat(digests(product, after)).containsExactlyInAnyOrderElementsOf(after.digests());

      for (String study : List.of(before.studyUid(), after.studyUid(), largeStudy)) {
        assertThat(product.dicomWeb().delete("/studies/" + study)).isEqualTo(204);
      }
      await().atMost(SOON).until(() -> cluster.storage(0).files().size() == 4);
      assertThat(cluster.storage(0).files()).contains(orphan);
      for (String id :
          cluster.storage(0).files().stream().filter(f -> !f.equals(orphan)).toList()) {
        assertThat(cluster.storage(0).file(id)).content().contains("\"DeletionID\"");
      }
      await().atMost(SOON).until(() -> files("archive/default/" + before.studyUid()).isEmpty());
    }
  }

  @Test
  void givenTheClusterIsAway_whenStarted_thenImagesAreTakenAndArchivedWhenItComes()
      throws Exception {
    new ArchiveChoice(ArchiveChoice.Store.FASTDFS, List.of(cluster.trackers()))
        .write(DataFolder.make(data));
    cluster.tracker(0).kill();
    List<Object> line = new ArrayList<>(List.of("up", "--data", data, "--detach", "--separate"));
    List<String> ports = PacsProcess.freePorts();
    line.addAll(ports);

    PacsProcess up = PacsProcess.run(line.toArray());
    try {
      assertThat(up.output())
          .contains("Warning: the archive on FastDFS doesn't answer", "Ready in");
      PacsProcess status = PacsProcess.run("status", "--data", data);
      assertThat(status.output()).contains("Archive  fastdfs", cluster.trackers());
      assertThat(status.exitCode()).isEqualTo(1);
      CtStudy study = CtStudy.write(dir.resolve("study"), 1, 3);
      PacsProcess sent = PacsProcess.run("send", dir.resolve("study"), "--data", data);
      assertThat(sent.output()).contains("3 of 3 files stored");
      DicomWeb web = new DicomWeb(RunState.running(DataFolder.of(data)).orElseThrow().http());
      await()
          .atMost(SOON)
          .until(() -> web.json("/studies/" + study.studyUid() + "/instances").size() == 3);
      assertThat(cluster.storage(0).files()).isEmpty();

      cluster.tracker(0).restart();
      // What waits for the archive is tried again after ten minutes at the latest.
      await().atMost(Duration.ofMinutes(12)).until(() -> cluster.storage(0).files().size() == 3);
    } finally {
      PacsProcess.run("down", "--data", data);
    }
  }

  /**
   * The only file that the list's pattern finds and that nobody knows: the blocks' names differ.
   */
  private String orphan() throws Exception {
    await()
        .atMost(SOON)
        .pollInterval(SELDOM)
        .until(() -> PacsProcess.run("orphans", "--data", data).output().contains("find -name"));
    String output = PacsProcess.run("orphans", "--json", "--data", data).output();
    JsonNode orphans = JsonMapper.shared().readTree(output.substring(output.indexOf('[')));
    assertThat(orphans).hasSize(1);
    assertThat(orphans.at("/0/Server").asString()).startsWith("127.0.0.10:");
    PathMatcher found =
        dir.getFileSystem().getPathMatcher("glob:" + orphans.at("/0/FileNamePattern").asString());
    List<String> names =
        cluster.storage(0).files().stream()
            .filter(id -> found.matches(Path.of(id).getFileName()))
            .toList();
    // The upload that was repeated has the same size and CRC32.
    assertThat(names).hasSize(2);
    await().atMost(SOON).until(() -> listed(names) == 1);
    assertThat(PacsProcess.run("orphans", "--forget-before=2020-01-01", "--data", data).output())
        .contains("0 taken off");
    return names.stream().filter(id -> !blocks().contains(id)).findFirst().orElseThrow();
  }

  private long listed(List<String> ids) throws IOException {
    String blocks = blocks();
    return ids.stream().filter(blocks::contains).count();
  }

  /** The list of the large object's blocks, empty before it is there. */
  private String blocks() {
    try {
      for (String id : cluster.storage(0).files()) {
        if (id.endsWith(".blocks")) {
          return Files.readString(cluster.storage(0).file(id));
        }
      }
      return "";
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void send(RunningProduct product, String name) {
    ExternalTool.Outcome outcome =
        ExternalTool.named("storescu")
            .run(
                "-aec",
                "REGIONAL_PACS",
                "+sd",
                "+r",
                "127.0.0.1",
                product.dicomPort(),
                dir.resolve(name));
    assertThat(outcome.code()).as(outcome.output()).isZero();
  }

  private static List<JsonNode> objects(RunningProduct product, String study) throws Exception {
    return product.dicomWeb().json("/studies/" + study + "/instances").valueStream().toList();
  }

  private static byte[] object(RunningProduct product, JsonNode instance) throws Exception {
    return product
        .dicomWeb()
        .object(
            value(instance, "0020000D"), value(instance, "0020000E"), value(instance, "00080018"))
        .orElseThrow();
  }

  private static String value(JsonNode instance, String tag) {
    return instance.at("/" + tag + "/Value/0").asString();
  }

  private List<String> digests(RunningProduct product, CtStudy study) throws Exception {
    List<String> digests = new ArrayList<>();
    for (JsonNode instance : objects(product, study.studyUid())) {
      Path file = Files.write(dir.resolve("retrieved"), object(product, instance));
      digests.add(SampleFile.read(file).digest());
    }
    return digests;
  }

  private List<Path> files(String below) throws IOException {
    Path folder = data.resolve(below);
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (java.io.UncheckedIOException e) {
      // Folders go while they are walked.
      return List.of(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
