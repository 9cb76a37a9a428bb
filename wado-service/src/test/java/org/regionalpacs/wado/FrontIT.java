package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.catalina.startup.Tomcat;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.messages.LogMessage;
import org.regionalpacs.messages.LogRecordCodec;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.ExternalTool;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** What all requests have in common. */
class FrontIT extends WadoIT {
  @Autowired ServletWebServerApplicationContext context;

  @Test
  void givenCharactersThatScriptsDoNotEscape_thenTheRequestIsUnderstood() throws IOException {
    String answer = raw("GET /dicom-web/studies?PatientName=Nobody^Ever*&limit=1 HTTP/1.1");

    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("[]");
  }

  @Test
  void givenRequestsThatTomcatRefuses_thenTheAnswerIsAProblemToo() throws IOException {
    assertThat(raw("GET /dicom-web/studies/..%2f..%2fetc HTTP/1.1"))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json")
        .endsWith("}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PatientName=%", "PatientName=%FF%FE", "%zz=1"})
  void givenParametersThatCanNotBeDecoded_thenTheRequestIsNotWellFormed(String query)
      throws IOException {
    for (String path : List.of("/dicom-web/studies", "/dicom-web/studies/1.2/metadata", "/wado")) {
      assertThat(raw("GET " + path + "?" + query + " HTTP/1.1"))
          .startsWith("HTTP/1.1 400")
          .contains("application/problem+json")
          .contains("percent-encoded");
    }
  }

  @Test
  void givenRequests_thenEachIsOnTheLogTopicWithoutPatientIdentity() {
    String study = "2.25.4711" + System.nanoTime();
    get("/studies/" + study + "?PatientID=secret");
    get("/studies?PatientID=secret&StudyInstanceUID=" + study);

    List<LogMessage> messages = logMessages(study);
    assertThat(messages).hasSize(1);
    LogMessage message = messages.getFirst();
    assertThat(message.operation()).isEqualTo("WADO-RS study");
    assertThat(message.service()).isEqualTo("wado");
    assertThat(message.tenant()).isEqualTo("default");
    assertThat(message.status()).isEqualTo(404);
    assertThat(message.toString()).doesNotContain("secret");
  }

  @Test
  void givenDeletingIsSwitchedOff_whenAskedFor_thenItIsForbiddenAndLogged() {
    String study = "2.25.4712" + System.nanoTime();
    Answer answer =
        send("DELETE", "/dicom-web/studies/" + study, HttpRequest.BodyPublishers.noBody());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().at("/detail").asString()).contains("pacs.delete.enabled");
    LogMessage message = logMessages(study).getFirst();
    assertThat(message.operation()).isEqualTo("DELETE study");
    assertThat(message.status()).isEqualTo(403);
  }

  @Test
  void givenAThumbnailThatIsKept_thenTheLogSaysWhereItCameFrom() {
    Attributes image = SampleObjects.newStudy().image(1);
    assertThat(store("/dicom-web/studies", part10(image)).status()).isEqualTo(200);
    indexer.index(1);
    String study = image.getString(Tag.StudyInstanceUID, "");

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          assertThat(get(instancePath(image) + "/thumbnail").status()).isEqualTo(200);
          assertThat(logMessages(study)).extracting(LogMessage::servedFrom).contains("redis");
        });
  }

  @Test
  void givenWorkThatTakesLong_thenItCanLookWhetherItsClientIsThere() {
    Tomcat tomcat = ((TomcatWebServer) context.getWebServer()).getTomcat();

    assertThat(tomcat.getHost().getPipeline().getValves())
        .extracting(valve -> valve.getClass().getSimpleName())
        .contains("ClientPresenceValve");
  }

  @Test
  void givenAnObjectAskedForByUri_thenTheLogNamesIt() {
    String study = "2.25.4713" + System.nanoTime();
    send(
        "GET",
        "/wado?requestType=WADO&contentType=application/dicom&seriesUID=1.2&objectUID=1.3&studyUID="
            + study,
        HttpRequest.BodyPublishers.noBody());

    LogMessage message = logMessages(study).getFirst();
    assertThat(message.operation()).isEqualTo("WADO-URI");
    assertThat(message.series()).isEqualTo("1.2");
    assertThat(message.status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/dicom-web/studies, POST",
    "/tenants/other/dicom-web/studies/1.2.3, DELETE",
    "/dicom-web, GET",
    "/wado, GET",
    "/api/conflicts, GET"
  })
  void givenAnAllowedOrigin_whenItsPageWantsToSendAuthorization_thenItMay(
      String path, String method) {
    Answer preflight = preflight(path, method, "https://viewer.example");

    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://viewer.example");
    assertThat(preflight.header("Access-Control-Allow-Methods")).contains(method);
    assertThat(preflight.header("Access-Control-Allow-Headers"))
        .containsIgnoringCase("authorization");
    assertThat(preflight.header("Access-Control-Max-Age")).isEqualTo("3600");
    assertThat(preflight(path, method, "https://evil.example").status()).isEqualTo(403);
  }

  private Answer preflight(String path, String method, String origin) {
    return send(
        "OPTIONS",
        path,
        HttpRequest.BodyPublishers.noBody(),
        "Origin",
        origin,
        "Access-Control-Request-Method",
        method,
        "Access-Control-Request-Headers",
        "authorization,content-type");
  }

  @Test
  void givenAnAllowedOrigin_thenItsPageMayReadTheHeadersOfAnswers() {
    Answer answer = get("/studies?limit=1", "Origin", "https://viewer.example");

    assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag", "Warning");
  }

  @Test
  void givenAClientThatOffersToChangeOver_whenItStores_thenBothStayWithHttp11()
      throws IOException, InterruptedException {
    Attributes large =
        SampleObjects.newStudy().image(1).setBytes(Tag.PixelData, VR.OW, new byte[500_000]);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/dicom-web/studies"))
            .version(HttpClient.Version.HTTP_2)
            .header("Content-Type", "application/dicom")
            .POST(HttpRequest.BodyPublishers.ofByteArray(part10(large)))
            .build();
    // A connection of its own: it is the first request that makes the offer.
    try (HttpClient fresh = HttpClient.newHttpClient()) {
      var answer = fresh.send(request, HttpResponse.BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }
    indexer.index(1);
  }

  @Test
  void givenAClientThatKnowsOfHttp2_thenLargeObjectsGoInAndOut(@TempDir Path dir)
      throws IOException {
    Attributes large =
        SampleObjects.newStudy().image(1).setBytes(Tag.PixelData, VR.OW, new byte[3_000_000]);
    Path file = Files.write(dir.resolve("large.dcm"), part10(large));
    ExternalTool curl = ExternalTool.named("curl");
    String url = "http://127.0.0.1:" + port + "/dicom-web";

    ExternalTool.Outcome stored =
        curl.run(
            "-s",
            "-i",
            "--http2-prior-knowledge",
            "-H",
            "Content-Type: application/dicom",
            "--data-binary",
            "@" + file,
            url + "/studies");
    assertThat(stored.output()).startsWith("HTTP/2 200");
    indexer.index(1);
    Path back = dir.resolve("back.dcm");
    ExternalTool.Outcome retrieved =
        curl.run(
            "-s",
            "--http2-prior-knowledge",
            "-w",
            "%{http_version} %{http_code}",
            "-H",
            "Accept: application/dicom",
            "-o",
            back,
            url + instancePath(large));
    assertThat(retrieved.output()).isEqualTo("2 200");
    assertThat(Files.size(back)).isGreaterThan(3_000_000);
  }

  private List<LogMessage> logMessages(String study) {
    LogRecordCodec codec = new LogRecordCodec();
    List<LogMessage> found = new ArrayList<>();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            String.join(",", kafka.getBootstrapServers()),
            "group.id",
            "log-" + System.nanoTime(),
            "auto.offset.reset",
            "earliest");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.LOG));
      Instant limit = Instant.now().plusSeconds(60);
      while (found.isEmpty() && Instant.now().isBefore(limit)) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> {
              if (codec.decode(record.value()) instanceof LogMessage message
                  && message.study().equals(study)) {
                found.add(message);
              }
            });
      }
    }
    return found;
  }

  private String raw(String line) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      // The body comes in chunks.
      return answer.replaceAll("\r\n0\r\n\r\n$", "");
    }
  }
}
