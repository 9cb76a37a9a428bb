package org.regionalpacs.standalone;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.regionalpacs.compose.ComposeFile;
import org.regionalpacs.embedded.EmbeddedServer;
import org.regionalpacs.embedded.KafkaServer;
import org.regionalpacs.embedded.KafkaSettings;
import org.regionalpacs.embedded.PostgresServer;
import org.regionalpacs.embedded.PostgresSettings;
import org.regionalpacs.embedded.RedisServer;
import org.regionalpacs.embedded.RedisSettings;
import org.regionalpacs.test.ExternalTool;

/**
 * What docker-compose.yml runs in its profile minimal, with processes in place of containers: the
 * engines, and each service laid out as its image has it, with exactly the environment, the files
 * of secrets and the health check that the file gives it ({@link LocalPlaces} says what is put in
 * place of what). One of each service, two of wado-service, and nginx before them.
 */
final class ComposedProduct implements AutoCloseable {
  private static final List<String> SERVICES = List.of("storescp", "consumer", "wado", "webworker");
  private static final Duration START = Duration.ofMinutes(15);

  private final Path dir;
  private final ComposeFile file = ComposeFile.ofRepository(Map.of());
  private final LocalPlaces places;
  private final List<EmbeddedServer> engines = new ArrayList<>();
  private final Map<String, ContainerProcess> services = new LinkedHashMap<>();
  private NginxProcess nginx;

  private ComposedProduct(Path dir) {
    this.dir = dir;
    this.places = new LocalPlaces(dir, file);
  }

  static ComposedProduct up(Path dir) throws Exception {
    ComposedProduct product = new ComposedProduct(dir);
    try {
      product.start();
      return product;
    } catch (Exception | Error e) {
      product.close();
      throw e;
    }
  }

  private void start() throws Exception {
    sideBySide(
        List.of(
            () -> startPostgres(),
            () -> startKafka(),
            () -> startRedis(),
            () ->
                script("deploy/compose/make-secrets", dir.resolve("made").toString(), "localhost"),
            () -> assemble()));
    useTheSecrets();
    for (String service : SERVICES) {
      places.container(service, 1);
    }
    places.container("wado", 2);
    places.container("nginx", 1);
    for (String service : SERVICES) {
      writeSecrets(service, 1);
      startService(service, 1);
    }
    writeSecrets("wado", 2);
    startService("wado", 2);
    writeSecrets("nginx", 1);
    nginx = NginxProcess.start(places.folder("nginx", 1), places.environment("nginx", 1));
    awaitHealth();
  }

  private void awaitHealth() {
    List<String> waiting = new ArrayList<>(services.keySet());
    await()
        .atMost(START)
        .pollInterval(Duration.ofSeconds(1))
        .failFast("a service ended", this::failWhenOneEnded)
        .until(() -> {
          waiting.removeIf(this::healthy);
          return waiting.isEmpty();
        });
  }

  private void startPostgres() throws Exception {
    PostgresServer server =
        keep(PostgresServer.start(PostgresSettings.in(dir.resolve("postgresql")).fast()));
    server.createDatabase("pacs");
    places.engine("postgresql", 5432, server.port());
  }

  private void startKafka() throws Exception {
    KafkaServer server = keep(KafkaServer.start(KafkaSettings.in(dir.resolve("kafka"))));
    places.engine("kafka", 9092, server.port());
  }

  private void startRedis() throws Exception {
    RedisServer server = keep(RedisServer.start(RedisSettings.in(dir.resolve("redis"))));
    places.engine("redis", 6379, server.port());
  }

  private synchronized <T extends EmbeddedServer> T keep(T engine) {
    engines.add(engine);
    return engine;
  }

  /** As the Dockerfile does it. */
  private void assemble() {
    for (String service : SERVICES) {
      script(
          "deploy/image/assemble", service + "-service", dir.resolve("app-" + service).toString());
    }
  }

  private static void script(String script, String... arguments) {
    List<Object> line = new ArrayList<>(List.of(ComposeFile.REPOSITORY.resolve(script)));
    line.addAll(List.of(arguments));
    ExternalTool.Outcome outcome = ExternalTool.named("sh").run(line.toArray());
    if (outcome.code() != 0) {
      throw new IllegalStateException(script + ": " + outcome.output());
    }
  }

  /** PostgreSQL made its password itself; Redis learns the one that was made. */
  private void useTheSecrets() throws IOException {
    Files.writeString(
        dir.resolve("made/database_password"), PostgresServer.password(dir.resolve("postgresql")));
    String password = Files.readString(dir.resolve("made/redis_password"));
    try (Socket redis = new Socket("127.0.0.1", places.port("redis", 1, 6379))) {
      String command = "CONFIG SET requirepass " + password + "\r\n";
      redis.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(redis.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
      if (!answer.equals("+OK")) {
        throw new IOException("Redis: " + answer);
      }
    }
  }

  private void writeSecrets(String service, int number) throws IOException {
    Path folder = Files.createDirectories(places.folder(service, number).resolve("secrets"));
    Map<String, Object> sources = file.secretFiles();
    for (Map.Entry<String, String> secret : file.service(service).secrets().entrySet()) {
      Path made = Path.of(String.valueOf(sources.get(secret.getValue()))).getFileName();
      Files.copy(dir.resolve("made").resolve(made), folder.resolve(secret.getKey()));
    }
  }

  /** Starts some that ended, as Docker does, and waits until they are well. */
  void startAgain(List<String> containers) throws IOException {
    for (String container : containers) {
      String[] parts = container.split("-");
      startService(parts[0], Integer.parseInt(parts[1]));
    }
    awaitHealth();
  }

  /** As {@code docker compose stop} does it. */
  void stop(List<String> containers) throws Exception {
    List<Task> stops = new ArrayList<>();
    containers.forEach(each -> stops.add(services.remove(each)::close));
    sideBySide(stops);
  }

  /** As {@code docker compose run} does it, until it ends. */
  ContainerProcess run(String service, List<String> arguments) throws IOException {
    return launch(service, 1, arguments);
  }

  private void startService(String service, int number) throws IOException {
    services.put(service + "-" + number, launch(service, number, List.of()));
  }

  private ContainerProcess launch(String service, int number, List<String> arguments)
      throws IOException {
    Map<String, String> environment = places.environment(service, number);
    // Not of the file: a short life is spent in compiling.
    environment.put(
        "JAVA_TOOL_OPTIONS",
        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> line =
        new ArrayList<>(
            List.of(java.toString(), "@" + dir.resolve("app-" + service).resolve("java.args")));
    line.addAll(arguments);
    return ContainerProcess.start(places.folder(service, number), environment, line);
  }

  private void failWhenOneEnded() {
    services.forEach((name, process) -> {
      if (!process.alive()) {
        throw new IllegalStateException(name + " ended: " + process.output());
      }
    });
  }

  /** By the health check of its container. */
  private boolean healthy(String container) {
    String service = container.split("-")[0];
    int number = Integer.parseInt(container.split("-")[1]);
    List<String> test = file.service(service).healthCheck();
    Object[] arguments =
        test.stream().skip(2).map(each -> (Object) places.local(service, number, each)).toArray();
    return ExternalTool.named(test.get(1)).run(arguments).code() == 0;
  }

  private static void sideBySide(List<Task> tasks) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (Task task : tasks) {
        running.add(
            threads.submit(() -> {
              task.run();
              return true;
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private interface Task {
    void run() throws Exception;
  }

  LocalPlaces places() {
    return places;
  }

  NginxProcess nginx() {
    return nginx;
  }

  /** A container's process, such as {@code wado-1}. */
  ContainerProcess process(String container) {
    return services.get(container);
  }

  Path certificate() {
    return dir.resolve("made/tls.crt");
  }

  @Override
  public void close() throws Exception {
    if (nginx != null) {
      nginx.close();
    }
    List<Task> stops = new ArrayList<>();
    services.values().forEach(each -> stops.add(each::close));
    sideBySide(stops);
    engines.parallelStream().forEach(EmbeddedServer::close);
  }
}
