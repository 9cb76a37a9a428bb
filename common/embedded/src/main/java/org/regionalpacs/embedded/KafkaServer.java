package org.regionalpacs.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * A real Kafka broker, which is its own controller (KRaft), in a JVM of its own with this JVM's
 * class path. Every folder is a cluster with an id of its own.
 */
public final class KafkaServer extends GuardedServer {
  private static final int REQUEST_SECONDS = 30;

  private final KafkaSettings settings;
  private int controllerPort;

  private KafkaServer(KafkaSettings settings) {
    super("kafka", settings.dir(), settings.log(), settings.port());
    this.settings = settings;
  }

  /**
   * Starts it and waits until it takes requests.
   *
   * @throws EmbeddedServerException with the reason and the end of its log
   */
  public static KafkaServer start(KafkaSettings settings) throws EmbeddedServerException {
    KafkaServer server = new KafkaServer(settings);
    server.start();
    return server;
  }

  /** What a client connects to. */
  public String bootstrapServers() {
    return settings.address() + ":" + port();
  }

  /** Makes those topics that don't exist yet, and gives all of them their settings. */
  public void createTopics(Collection<KafkaTopic> topics) throws EmbeddedServerException {
    try (Admin admin = admin()) {
      Set<String> present = admin.listTopics().names().get(REQUEST_SECONDS, TimeUnit.SECONDS);
      List<NewTopic> missing =
          topics.stream()
              .filter(topic -> !present.contains(topic.name()))
              .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1))
              .toList();
      for (KafkaFuture<Void> made : admin.createTopics(missing).values().values()) {
        awaitMade(made);
      }
      Map<ConfigResource, Collection<AlterConfigOp>> settings = new HashMap<>();
      topics.forEach(topic ->
          settings.put(
              new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), topic.settings()));
      admin.incrementalAlterConfigs(settings).all().get(REQUEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new EmbeddedServerException("Kafka's topics can't be made: " + e + tail(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("interrupted", e);
    }
  }

  private static void awaitMade(KafkaFuture<Void> made)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      made.get(REQUEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // A service that started meanwhile may have made it.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000",
            AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, "20",
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "50"));
  }

  @Override
  void prepare() throws IOException {
    if (settings.controllerPort() != 0) {
      controllerPort = settings.controllerPort();
    } else {
      controllerPort = freePort();
    }
    Path id = dir.resolve("cluster-id");
    if (!Files.exists(id)) {
      Files.writeString(id, Uuid.randomUuid().toString());
    }
    Files.writeString(properties(), configuration());
    JavaArguments.write(javaArguments(), arguments());
  }

  private Path properties() {
    return dir.resolve("server.properties");
  }

  private String configuration() {
    return """
    process.roles=broker,controller
    node.id=1
    controller.quorum.voters=1@%1$s:%3$d
    listeners=PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d
    advertised.listeners=PLAINTEXT://%1$s:%2$d
    controller.listener.names=CONTROLLER
    log.dirs=%4$s
    auto.create.topics.enable=false
    # One broker holds the only replica of everything.
    offsets.topic.replication.factor=1
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    share.coordinator.state.topic.replication.factor=1
    share.coordinator.state.topic.min.isr=1
    # Few partitions and threads: one machine.
    offsets.topic.num.partitions=4
    transaction.state.log.num.partitions=4
    share.coordinator.state.topic.num.partitions=4
    num.network.threads=2
    num.io.threads=4
    background.threads=4
    log.cleaner.dedupe.buffer.size=16777216
    log.segment.bytes=134217728
    # A consumer that was away for a long time must find its place again, or it would skip records.
    offsets.retention.minutes=129600
    group.initial.rebalance.delay.ms=0
    # After kill -9 the broker comes back once its old session has ended: the default is 9 s.
    broker.session.timeout.ms=2000
    broker.heartbeat.interval.ms=500
    """
        .formatted(settings.address(), port(), controllerPort, dir.resolve("data"));
  }

  private List<String> arguments() {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("-Xms64m", "-Xmx" + settings.heap(), "-XX:+UseSerialGC"));
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
    settings
        .archive()
        .ifPresent(archive -> {
          // Java makes it when a broker stops in peace, and again when it doesn't fit.
          line.addAll(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive));
          line.add("-Xlog:cds*=off,aot*=off");
        });
    line.add("-Dlogback.configurationFile=org/regionalpacs/embedded/kafka-logback.xml");
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), KafkaMain.class.getName()));
    line.addAll(List.of(properties().toString(), dir.resolve("cluster-id").toString()));
    return line;
  }

  private Path javaArguments() {
    return dir.resolve("java.args");
  }

  @Override
  Guarded.Command command() {
    return commandOf(JavaArguments.command(javaArguments()), "TERM", Duration.ofSeconds(20));
  }

  @Override
  boolean ready() throws IOException {
    if (!listening()) {
      return false;
    }
    try (Admin admin = admin()) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("interrupted while Kafka was starting", e);
    }
  }

  private boolean listening() {
    try (java.net.Socket socket = new java.net.Socket()) {
      socket.connect(new java.net.InetSocketAddress(settings.address(), port()), 500);
      return process().alive();
    } catch (IOException e) {
      return false;
    }
  }
}
