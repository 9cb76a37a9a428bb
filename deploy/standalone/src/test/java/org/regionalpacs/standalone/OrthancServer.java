package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Orthanc of Debian with its DICOMweb plugin, whose only remote server is the product. */
final class OrthancServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Process process;
  private final Path log;
  private final String base;

  private OrthancServer(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.base = "http://127.0.0.1:" + port;
  }

  /**
   * Starts it on a free port of the loopback; skips the test where it isn't installed.
   *
   * @param pacs the product's DICOMweb service
   */
  static OrthancServer start(Path folder, String pacs) throws IOException {
    Path program =
        Stream.of("/usr/sbin/Orthanc", "/usr/bin/Orthanc", "/usr/local/sbin/Orthanc")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(folder);
    Assumptions.assumeTrue(
        !program.equals(folder) && Files.exists(PLUGIN),
        "orthanc and orthanc-dicomweb aren't installed (see .ci/run)");
    Path data = Files.createDirectories(folder.resolve("orthanc"));
    int port = PacsProcess.anyFreePort();
    Path configuration =
        Files.write(folder.resolve("orthanc.json"), configuration(data, port, pacs));
    Path log = folder.resolve("orthanc.log");
    Process process =
        new ProcessBuilder(program.toString(), configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    OrthancServer server = new OrthancServer(process, log, port);
    await().atMost(LIMIT).until(server::answers);
    return server;
  }

  private static byte[] configuration(Path data, int port, String pacs) {
    return JSON.writeValueAsBytes(
        Map.of(
            "StorageDirectory",
            data.toString(),
            "IndexDirectory",
            data.toString(),
            "HttpPort",
            port,
            "DicomServerEnabled",
            false,
            "RemoteAccessAllowed",
            false,
            "AuthenticationEnabled",
            false,
            "Plugins",
            new String[] {PLUGIN.toString()},
            "DicomWeb",
            Map.of(
                "Enable",
                true,
                "Root",
                "/dicom-web/",
                "Servers",
                Map.of("pacs", Map.of("Url", pacs)))));
  }

  private boolean answers() {
    assertThat(process.isAlive()).as(this::log).isTrue();
    try {
      return get("/system").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Takes a file into Orthanc; its id there. */
  String take(Path file) throws IOException {
    JsonNode answer = json(send("POST", "/instances", BodyPublishers.ofFile(file)));
    return answer.get("ID").asString();
  }

  /** The file as Orthanc has it; 404 where it has none. */
  HttpResponse<byte[]> file(String id) throws IOException {
    return get("/instances/" + id + "/file");
  }

  void forget(String id) throws IOException {
    send("DELETE", "/instances/" + id, BodyPublishers.noBody());
  }

  /** Lets its DICOMweb client do something with the product. */
  JsonNode client(String action, Map<String, Object> body) throws IOException {
    return json(clientAnswer(action, body));
  }

  HttpResponse<byte[]> clientAnswer(String action, Map<String, Object> body) throws IOException {
    return send(
        "POST",
        "/dicom-web/servers/pacs/" + action,
        BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
  }

  /** Waits for one of its jobs; it must succeed. */
  void awaitSuccess(JsonNode job) throws IOException {
    String path = "/jobs/" + job.get("ID").asString();
    await()
        .atMost(LIMIT)
        .until(() -> json(get(path)).get("State").asString().matches("Success|Failure"));
    JsonNode ended = json(get(path));
    assertThat(ended.get("State").asString()).as(ended + log()).isEqualTo("Success");
  }

  private HttpResponse<byte[]> get(String path) throws IOException {
    return send("GET", path, BodyPublishers.noBody());
  }

  private HttpResponse<byte[]> send(String method, String path, BodyPublisher body)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT).method(method, body).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode json(HttpResponse<byte[]> response) {
    assertThat(response.statusCode())
        .as(() -> new String(response.body(), StandardCharsets.UTF_8) + log())
        .isEqualTo(200);
    return JSON.readTree(response.body());
  }

  String log() {
    try {
      return "\n" + Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
