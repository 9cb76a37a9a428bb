package org.regionalpacs.wado.portal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.regionalpacs.messages.ConsumerLag;
import org.regionalpacs.wado.portal.SystemHealth.OfService;
import org.regionalpacs.wado.portal.SystemHealth.Volume;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks how the system is, when somebody wants to see it: all services at once, the queues, and
 * this host's volumes. However many look, it is done once in {@code pacs.portal.health-age}.
 */
@Component
@EnableConfigurationProperties(PortalProperties.class)
class HealthLook {
  /** Bytes of an answer. */
  private static final long MOST = 1 << 20;

  private final PortalProperties properties;
  private final String kafka;
  private final Map<String, Path> folders;
  private final HttpClient client;
  private final LoadingCache<String, SystemHealth> last;

  HealthLook(
      PortalProperties properties,
      KafkaConnectionDetails kafka,
      @Value("${pacs.online.root}") Path online,
      @Value("${pacs.archive.root}") Path archive) {
    this.properties = properties;
    this.kafka = String.join(",", kafka.getBootstrapServers());
    this.folders = new LinkedHashMap<>();
    folders.put("online", online);
    folders.put("archive", archive);
    this.client = HttpClient.newBuilder().connectTimeout(properties.healthTimeout()).build();
    this.last =
        Caffeine.newBuilder()
            .expireAfterWrite(properties.healthAge())
            .maximumSize(1)
            .build(_ -> look());
  }

  SystemHealth now() {
    return last.get("");
  }

  private SystemHealth look() {
    Map<String, CompletableFuture<ServiceState>> asked = new LinkedHashMap<>();
    properties.addresses().forEach((name, address) -> asked.put(name, ask(address)));
    Optional<Map<String, Long>> queues = queues();
    List<OfService> services = new ArrayList<>();
    asked.forEach((name, state) -> services.add(new OfService(name, state.join())));
    return new SystemHealth(services, queues, volumes());
  }

  private CompletableFuture<ServiceState> ask(URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/actuator/health"))
            .timeout(properties.healthTimeout())
            .build();
    return client
        .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST))
        .thenApply(HealthLook::state)
        // The request's own ends with the headers.
        .orTimeout(2 * properties.healthTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(_ -> ServiceState.DOWN);
  }

  /** Components are only told where the service is set up to. */
  private static ServiceState state(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      return ServiceState.DOWN;
    }
    try {
      return JsonMapper.shared()
              .readTree(answer.body())
              .path("components")
              .valueStream()
              .anyMatch(component -> component.path("status").asString("").equals("DEGRADED"))
          ? ServiceState.DEGRADED
          : ServiceState.UP;
    } catch (JacksonException _) {
      return ServiceState.DOWN;
    }
  }

  private Optional<Map<String, Long>> queues() {
    try (ConsumerLag lag = new ConsumerLag(kafka)) {
      return Optional.of(lag.byGroupAndTopic());
    } catch (IOException | KafkaException _) {
      return Optional.empty();
    }
  }

  /** Two stores on one volume are one line. */
  private List<Volume> volumes() {
    Map<FileStore, List<String>> names = new LinkedHashMap<>();
    folders.forEach((name, folder) -> {
      try {
        names.computeIfAbsent(Files.getFileStore(folder), _ -> new ArrayList<>()).add(name);
      } catch (IOException _) {
        // Not on this host.
      }
    });
    List<Volume> volumes = new ArrayList<>();
    names.forEach((store, stores) -> {
      try {
        volumes.add(
            new Volume(String.join(", ", stores), store.getUsableSpace(), store.getTotalSpace()));
      } catch (IOException _) {
        // Gone meanwhile.
      }
    });
    return volumes;
  }

  @PreDestroy
  void close() {
    client.shutdownNow();
  }
}
