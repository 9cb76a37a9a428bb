package org.regionalpacs.standalone;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.regionalpacs.storage.fastdfs.FastDfsConfiguration;
import org.regionalpacs.storage.fastdfs.FastDfsHealthIndicator;
import org.regionalpacs.storage.fastdfs.FastDfsProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * The engines of others that the settings name: FastDFS and Doris. Their settings are read as the
 * services read them: what {@code --blob-store} said, the environment, {@code pacs.yml}.
 */
record OutsideExaminations(DataFolder folder) {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  List<Examination> all() {
    StandardEnvironment settings = new StandardEnvironment();
    List<Examination> found = new ArrayList<>();
    try {
      ArchiveChoice.read(folder)
          .ifPresent(choice ->
              settings.getPropertySources().addFirst(new MapPropertySource("choice", of(choice))));
      if (Files.exists(folder.settings())) {
        new YamlPropertySourceLoader()
            .load("pacs.yml", new FileSystemResource(folder.settings()))
            .forEach(settings.getPropertySources()::addLast);
        found.add(
            Examination.of(
                "settings", () -> Diagnosis.ok("settings", folder.settings() + " can be read")));
      }
    } catch (IOException | RuntimeException e) {
      String why = String.valueOf(e.getMessage()).lines().limit(3).collect(Collectors.joining(" "));
      return List.of(
          Examination.of(
              "settings",
              () ->
                  Diagnosis.trouble(
                      "settings", folder.settings() + " can't be understood: " + why)));
    }
    Binder binder = Binder.get(settings);
    boolean named =
        binder
            .bind("pacs.fastdfs.trackers", Bindable.listOf(String.class))
            .map(trackers -> !trackers.isEmpty())
            .orElse(false);
    if (named || "fastdfs".equalsIgnoreCase(settings.getProperty("pacs.archive.store"))) {
      found.add(Examination.of(FastDfsConfiguration.FASTDFS, () -> fastDfs(binder)));
    }
    binder
        .bind("pacs.warehouse.doris.frontends", Bindable.listOf(URI.class))
        .orElse(List.of())
        .forEach(frontend -> found.add(Examination.of("doris", () -> doris(frontend))));
    return found;
  }

  private static Map<String, Object> of(ArchiveChoice choice) {
    return Map.of(
        "pacs.archive.store",
        choice.store().id(),
        "pacs.fastdfs.trackers",
        String.join(",", choice.trackers()));
  }

  /** As the services' health has it: each tracker, and a storage that each of them names. */
  private static Diagnosis fastDfs(Binder settings) {
    Health health =
        new FastDfsHealthIndicator(settings.bindOrCreate("pacs.fastdfs", FastDfsProperties.class))
            .health();
    String servers =
        health.getDetails().entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .sorted()
            .collect(Collectors.joining(", "));
    return health.getStatus().equals(Status.UP)
        ? Diagnosis.ok("fastdfs", servers)
        : Diagnosis.trouble(
            "fastdfs",
            servers + ". Start the servers that don't answer; images stay on this disk until then");
  }

  private static Diagnosis doris(URI frontend) throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(frontend.resolve("/api/health")).timeout(LIMIT).build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status == HttpURLConnection.HTTP_OK
          ? Diagnosis.ok("doris", frontend + " answers")
          : Diagnosis.trouble(
              "doris",
              "%s answers %d: see its log. Statistics wait in Kafka until it is well"
                  .formatted(frontend, status));
    } catch (IOException | IllegalArgumentException e) {
      return Diagnosis.trouble(
          "doris",
          "%s doesn't answer (%s): start it. Statistics wait in Kafka until then"
              .formatted(frontend, e));
    }
  }
}
