package org.regionalpacs.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus gets of a running product. */
final class Scrape {
  /** Prometheus gives them to every sample. */
  private static final Set<String> TARGET = Set.of("job", "instance");

  private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? \\S+");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"");

  private final Map<String, Set<String>> labels = new TreeMap<>();

  private Scrape() {}

  static Scrape of(RunningProduct product) throws IOException, InterruptedException {
    Scrape scrape = new Scrape();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (Service service : Service.values()) {
        int port = product.healthPort() + service.ordinal();
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                .timeout(Duration.ofMinutes(2))
                .build();
        http.send(request, HttpResponse.BodyHandlers.ofLines()).body().forEach(scrape::line);
      }
    }
    return scrape;
  }

  /** What one service gave. */
  static Scrape of(String text) {
    Scrape scrape = new Scrape();
    text.lines().forEach(scrape::line);
    return scrape;
  }

  private void line(String line) {
    Matcher sample = SAMPLE.matcher(line);
    if (!line.startsWith("#") && sample.matches()) {
      Set<String> names = labels.computeIfAbsent(sample.group(1), _ -> new TreeSet<>(TARGET));
      if (sample.group(2) != null) {
        LABEL.matcher(sample.group(2)).results().forEach(label -> names.add(label.group(1)));
      }
    }
  }

  /** Of what is asked for, metrics and labels that there aren't. */
  List<String> missing(Map<String, Set<String>> asked) {
    List<String> missing = new ArrayList<>();
    asked.forEach((metric, chosenBy) -> {
      Set<String> there = labels.getOrDefault(metric, Set.of());
      if (there.isEmpty()) {
        missing.add(metric);
      } else if (!there.containsAll(chosenBy)) {
        missing.add(metric + chosenBy + ", which has " + there);
      }
    });
    return missing;
  }
}
