package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.storescp.StoreScpApplication;
import org.regionalpacs.test.SampleObjects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service in a container writes to its standard output. */
class JsonLogIT {
  private static final Duration SOON = Duration.ofMinutes(5);

  @TempDir Path dir;

  @Test
  void givenAServiceThatLogsJson_whenAnImageIsStored_thenItsLineHasTheImageAsFields()
      throws Exception {
    int port = PacsProcess.anyFreePort();
    Process storescp = start(port);
    try (EndWatch watch = EndWatch.over(storescp.toHandle())) {
      await().atMost(SOON).until(() -> said("Started StoreScpApplication") || !storescp.isAlive());
      SampleObjects study = SampleObjects.newStudy();
      Attributes image = study.image(1);
      OneImage.send(port, image);
      await().atMost(SOON).until(() -> said("Stored for"));

      List<String> lines = Files.readAllLines(log());
      assertThat(lines).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
      JsonNode stored =
          lines.stream()
              .map(JsonMapper.shared()::readTree)
              .filter(line -> line.get("message").asString().startsWith("Stored for"))
              .findFirst()
              .orElseThrow();
      assertThat(stored.get("tenant").asString()).isEqualTo("default");
      assertThat(stored.get("study").asString()).isEqualTo(study.studyUid());
      assertThat(stored.get("series").asString()).isEqualTo(study.seriesUid());
      assertThat(stored.get("instance").asString())
          .isEqualTo(image.getString(Tag.SOPInstanceUID, ""));
      assertThat(stored.at("/trace/id").asString()).matches("[0-9a-f]{12}7[0-9a-f]{19}");
      assertThat(stored.at("/service/name").asString()).isEqualTo("storescp-service");
      assertThat(String.join("\n", lines)).doesNotContain(study.patientId(), study.patientName());
    } finally {
      storescp.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }
  }

  /** Without Kafka: the outbox takes its messages. */
  private Process start(int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                classPath(),
                StoreScpApplication.class.getName())
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "PACS_LOG_FORMAT", "ecs",
                "PACS_DIMSE_PORT", Integer.toString(port),
                "PACS_STORESCP_PORT", "0",
                "PACS_KAFKA", "127.0.0.1:1",
                "PACS_INTAKE_PUBLISH_TIMEOUT", "1s",
                "PACS_ONLINE_ROOT", dir.resolve("online").toString()));
    return builder.start();
  }

  private Path log() {
    return dir.resolve("log");
  }

  private boolean said(String text) throws IOException {
    return Files.exists(log()) && Files.readString(log()).contains(text);
  }

  /** Of its own image: without the launcher and the tests, which have a way of logging. */
  private static String classPath() {
    return Arrays.stream(ProductJars.ofThisBuild().classPath().split(File.pathSeparator))
        .filter(jar -> !has(jar, "logback.xml") && !has(jar, "logback-test.xml"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean has(String jar, String name) {
    try (JarFile file = new JarFile(jar)) {
      return Optional.ofNullable(file.getEntry(name)).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
