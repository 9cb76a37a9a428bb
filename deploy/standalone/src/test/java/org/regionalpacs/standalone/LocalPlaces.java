package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.regionalpacs.compose.ComposeFile;
import org.regionalpacs.compose.ComposeService;

/**
 * Where on this machine is what docker-compose.yml names: an environment of the file keeps its
 * meaning, while its addresses, ports and folders become those of processes side by side.
 */
final class LocalPlaces {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\b(kafka|postgresql|redis|storescp|consumer|wado|webworker|localhost|127\\.0\\.0\\.1)"
              + ":(\\d{4,5})\\b");
  private static final Pattern OWN_PORT =
      Pattern.compile("PACS_(STORESCP|CONSUMER|WADO|WEBWORKER|DIMSE)_(MANAGEMENT_)?PORT");
  private static final Pattern NGINX_PORT = Pattern.compile("PACS_NGINX_(HTTPS?|DICOM(_TLS)?)");

  private final Path dir;
  private final ComposeFile file;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final Set<Integer> taken = new HashSet<>();

  LocalPlaces(Path dir, ComposeFile file) {
    this.dir = dir;
    this.file = file;
  }

  /** Tells where an engine listens here. */
  void engine(String name, int port, int here) {
    ports.put(key(name, 1, port), here);
  }

  /** Finds ports for a container. */
  void container(String service, int number) throws IOException {
    for (Map.Entry<String, String> each : file.service(service).environment().entrySet()) {
      String name = each.getKey();
      if (OWN_PORT.matcher(name).matches() || NGINX_PORT.matcher(name).matches()) {
        ports.put(key(service, number, Integer.parseInt(each.getValue())), freePort());
      }
    }
  }

  private int freePort() throws IOException {
    for (int port = PortBlock.first(); port < PortBlock.end(); port++) {
      if (!taken.contains(port) && PacsProcess.isFree(port)) {
        taken.add(port);
        return port;
      }
    }
    throw new IOException("no free ports");
  }

  /** The port here of one that a container listens on. */
  int port(String service, int number, int port) {
    Integer here = ports.get(key(service, number, port));
    if (here == null) {
      throw new IllegalStateException("nothing listens on " + key(service, number, port));
    }
    return here;
  }

  private static String key(String service, int number, int port) {
    return service + "-" + number + ":" + port;
  }

  /** The folder of a container's files. */
  Path folder(String service, int number) {
    return dir.resolve(service + "-" + number);
  }

  /** The environment of a container, as it has to be here. */
  Map<String, String> environment(String service, int number) {
    ComposeService of = file.service(service);
    Map<String, String> environment = new TreeMap<>();
    of.environment()
        .forEach((name, value) -> {
          String here;
          if (OWN_PORT.matcher(name).matches()) {
            here = String.valueOf(port(service, number, Integer.parseInt(value)));
          } else if (NGINX_PORT.matcher(name).matches()) {
            here = "127.0.0.1:" + port(service, number, Integer.parseInt(value));
          } else {
            here =
                switch (name) {
                  case "PACS_REDIS_HOST" -> "127.0.0.1";
                  case "PACS_REDIS_PORT" ->
                      String.valueOf(port("redis", 1, Integer.parseInt(value)));
                  case "PACS_NGINX_WADO" -> servers(value, "wado");
                  case "PACS_NGINX_STORESCP" -> servers(value, "storescp");
                  default -> local(service, number, value);
                };
          }
          environment.put(name, here);
        });
    return environment;
  }

  /** What nginx is told of all containers by one name is a line for each here. */
  private String servers(String value, String name) {
    Matcher address = Pattern.compile(name + ":(\\d+) resolve").matcher(value);
    if (!address.find()) {
      throw new IllegalStateException(value);
    }
    int port = Integer.parseInt(address.group(1));
    return IntStream.rangeClosed(1, 9)
        .filter(number -> ports.containsKey(key(name, number, port)))
        .mapToObj(number -> value.replace(address.group(), "127.0.0.1:" + port(name, number, port)))
        .collect(Collectors.joining(" "));
  }

  /** A text of a container, with addresses and folders of this machine. */
  String local(String service, int number, String text) {
    Path own = folder(service, number);
    String here =
        text.replace("0.0.0.0", "127.0.0.1")
            .replace("172.28.0.0/24", "127.0.0.1/32")
            .replace("/run/secrets/", own + "/secrets/")
            .replace("/etc/pacs/", ComposeFile.REPOSITORY + "/deploy/compose/config/")
            .replace("/scratch/", own + "/scratch/")
            .replace("/data/", data() + "/");
    return ADDRESS
        .matcher(here)
        .replaceAll(found -> {
          int port = Integer.parseInt(found.group(2));
          return switch (found.group(1)) {
            case "localhost" -> "localhost:" + port("nginx", 1, port);
            case "127.0.0.1" -> "127.0.0.1:" + port(service, number, port);
            default -> "127.0.0.1:" + port(found.group(1), 1, port);
          };
        });
  }

  /** What is in volumes that containers share. */
  Path data() {
    return dir.resolve("data");
  }
}
