package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.regionalpacs.messages.Topics;

/**
 * PostgreSQL, Kafka and Redis of a running product, each asked for something.
 *
 * @param folder that of the product
 * @param state what it says of itself
 */
record EngineExaminations(DataFolder folder, RunState state) {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  List<Examination> all() {
    return List.of(
        Examination.of("postgresql", this::postgresql),
        Examination.of("kafka", this::kafka),
        Examination.of("redis", this::redis));
  }

  private Diagnosis postgresql() {
    ProductDatabase database = ProductDatabase.of(folder, state);
    try (Connection connection = DriverManager.getConnection(database.url(), database.login())) {
      return UnfinishedRebuild.in(connection)
          ? Diagnosis.trouble("postgresql", RebuildCommand.UNFINISHED)
          : Diagnosis.ok("postgresql", "answers on port " + state.postgresql());
    } catch (SQLException e) {
      return away("postgresql", state.postgresql(), e);
    }
  }

  private Diagnosis kafka() throws InterruptedException {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            Ports.LOOPBACK + ":" + state.kafka(),
            "request.timeout.ms",
            (int) LIMIT.toMillis(),
            "default.api.timeout.ms",
            (int) LIMIT.toMillis());
    try (Admin admin = Admin.create(settings)) {
      Set<String> topics = admin.listTopics().names().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return topics.contains(Topics.STORAGE)
          ? Diagnosis.ok("kafka", "answers on port " + state.kafka())
          : Diagnosis.trouble(
              "kafka", "has no topic " + Topics.STORAGE + ": ./pacs down, ./pacs up");
    } catch (ExecutionException | TimeoutException e) {
      return away("kafka", state.kafka(), e);
    }
  }

  private Diagnosis redis() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Ports.LOOPBACK, state.redis()), (int) LIMIT.toMillis());
      socket.setSoTimeout((int) LIMIT.toMillis());
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readNBytes(5), StandardCharsets.US_ASCII);
      return answer.equals("+PONG")
          ? Diagnosis.ok("redis", "answers on port " + state.redis())
          : away("redis", state.redis(), new IOException("answers '" + answer.strip() + "'"));
    } catch (IOException e) {
      return away("redis", state.redis(), e);
    }
  }

  private Diagnosis away(String name, int port, Exception why) {
    String what =
        "doesn't answer on port %d (%s): "
            .formatted(port, String.valueOf(why.getMessage()).lines().findFirst().orElse(""));
    return Diagnosis.trouble(
        name,
        what
            + (new Holds(folder).held(name)
                ? "it is on hold, ./pacs start " + name
                : "see %s, %s".formatted(folder.log(name), folder.log(name + "-console"))));
  }

  /** Health of a service; what works only in part is trouble too. */
  static List<Examination> services(RunState state) {
    List<Examination> services = new ArrayList<>();
    for (Service service : Service.values()) {
      services.add(
          new Examination(
              service.id(), () -> service(service, state.health() + service.ordinal())));
    }
    return services;
  }

  private static List<Diagnosis> service(Service service, int port) {
    try (HealthProbe probe = new HealthProbe()) {
      HealthProbe.Answer answer = probe.ask(port);
      List<Diagnosis> found = new ArrayList<>();
      if (!answer.up()) {
        found.add(Diagnosis.trouble(service.id(), "is down: " + answer.reason()));
      }
      answer
          .degraded()
          .forEach(
              part -> found.add(Diagnosis.trouble(service.id(), "works only in part: " + part)));
      return found.isEmpty() ? List.of(Diagnosis.ok(service.id(), "is well")) : found;
    }
  }
}
