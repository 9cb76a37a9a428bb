package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.regionalpacs.messages.AccessLog;
import org.regionalpacs.messages.LogMessage;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.Topics;
import org.springframework.beans.factory.annotation.Autowired;

/** What all requests have in common. */
class FrontIT extends WadoIT {
  @Autowired AccessLog accessLog;

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

  @Test
  void givenRequests_thenEachIsOnTheLogTopicWithoutPatientIdentity() {
    String study = "2.25.4711" + System.nanoTime();
    get("/studies/" + study + "?PatientID=secret");
    get("/studies?PatientID=secret&StudyInstanceUID=" + study);

    List<LogMessage> messages = logMessages(study);
    assertThat(accessLog.dropped()).isZero();
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

  private List<LogMessage> logMessages(String study) {
    MessageCodec<LogMessage> codec = MessageCodec.of(LogMessage.class);
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
      Instant limit = Instant.now().plusSeconds(20);
      while (found.isEmpty() && Instant.now().isBefore(limit)) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> {
              LogMessage message = codec.decode(record.value());
              if (message.study().equals(study)) {
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
