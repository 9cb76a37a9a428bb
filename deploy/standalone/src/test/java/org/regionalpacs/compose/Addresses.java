package org.regionalpacs.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who is told to talk to whom, {@code host:port}, and who listens where. */
final class Addresses {
  private static final Pattern ADDRESS =
      Pattern.compile("(?<![\\w.-])([a-z][a-z0-9.-]*|127\\.0\\.0\\.1):(\\d{2,5})(?![\\d.])");

  /** Variables of services, and of nginx, that say where they listen. */
  private static final Pattern OWN_PORT =
      Pattern.compile(
          "PACS_(STORESCP|CONSUMER|WADO|WEBWORKER|DIMSE)_(MANAGEMENT_)?PORT"
              + "|PACS_NGINX_(HTTPS?|DICOM(_TLS)?)");

  /** Where the engines' images listen. */
  private static final Map<String, Set<Integer>> ENGINES =
      Map.of(
          "kafka", Set.of(9092, 9093),
          "postgresql", Set.of(5432),
          "redis", Set.of(6379),
          "fastdfs-tracker", Set.of(22122),
          "fastdfs-storage", Set.of(23000),
          "doris-fe", Set.of(8030, 9010, 9020, 9030),
          "doris-be", Set.of(8040, 8060, 9050, 9060),
          "prometheus", Set.of(9090),
          "grafana", Set.of(3000));

  private Addresses() {}

  /** The ports that the service listens on: those of its image, or of its environment. */
  static Set<Integer> portsOf(ComposeService service) {
    if (ENGINES.containsKey(service.name())) {
      return ENGINES.get(service.name());
    }
    Set<Integer> ports = new TreeSet<>();
    service
        .environment()
        .forEach((name, value) -> {
          if (OWN_PORT.matcher(name).matches()) {
            ports.add(Integer.parseInt(value));
          }
        });
    return ports;
  }

  /** All addresses in the file, and in what Prometheus and Grafana are told. */
  static List<String> namedIn(ComposeFile file) {
    List<String> named = new ArrayList<>();
    file.services()
        .values()
        .forEach(service -> {
          for (String text : ComposeFile.texts(List.copyOf(service.environment().values()))) {
            named.addAll(in(text));
          }
          for (String text : ComposeFile.texts(service.values().getOrDefault("healthcheck", ""))) {
            for (String address : in(text)) {
              named.add(address.replace("127.0.0.1", service.name()));
            }
          }
        });
    named.addAll(in(read("deploy/compose/grafana-datasources.yml")));
    Matcher target =
        Pattern.compile("names: \\[([a-z]+)], type: A, port: (\\d+)")
            .matcher(read("deploy/prometheus/prometheus.yml"));
    target.results().forEach(each -> named.add(each.group(1) + ":" + each.group(2)));
    return named;
  }

  /** Those that name no service, or a port that it doesn't listen on. */
  static List<String> wrongIn(ComposeFile file) {
    List<String> wrong = new ArrayList<>();
    for (String address : namedIn(file)) {
      String host = address.split(":")[0];
      int port = Integer.parseInt(address.split(":")[1]);
      boolean local = host.equals("localhost") || host.equals("127.0.0.1");
      boolean right =
          local
              || (file.services().containsKey(host) && portsOf(file.service(host)).contains(port));
      if (!right) {
        wrong.add(address);
      }
    }
    return wrong;
  }

  private static List<String> in(String text) {
    return ADDRESS
        .matcher(text.replace("/dev/tcp/127.0.0.1/", "127.0.0.1:"))
        .results()
        .map(found -> found.group(1) + ":" + found.group(2))
        .toList();
  }

  private static String read(String file) {
    try {
      return Files.readString(ComposeFile.REPOSITORY.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
