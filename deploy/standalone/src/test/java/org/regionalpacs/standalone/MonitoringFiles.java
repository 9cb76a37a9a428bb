package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules and dashboards that operators are given. */
final class MonitoringFiles {
  private static final Path DEPLOY = Path.of("..");
  static final Path RULES = DEPLOY.resolve("prometheus/rules/pacs.yml");
  static final Path RULE_TESTS = DEPLOY.resolve("prometheus/tests");
  static final Path RUNBOOK = DEPLOY.resolve("../docs/runbook.md");
  private static final Path GRAFANA = DEPLOY.resolve("grafana");

  private MonitoringFiles() {}

  /** One rule, of either kind. */
  record Rule(
      Optional<String> alert,
      Optional<String> recorded,
      String expression,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  static List<Rule> rules() throws IOException {
    List<Rule> rules = new ArrayList<>();
    try (InputStream text = Files.newInputStream(RULES)) {
      Map<String, List<Map<String, Object>>> file = new Yaml().load(text);
      for (Map<String, Object> group : file.get("groups")) {
        for (Map<String, Object> rule : maps(group.get("rules"))) {
          rules.add(
              new Rule(
                  Optional.ofNullable((String) rule.get("alert")),
                  Optional.ofNullable((String) rule.get("record")),
                  (String) rule.get("expr"),
                  strings(rule.get("labels")),
                  strings(rule.get("annotations"))));
        }
      }
    }
    return rules;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> maps(Object list) {
    return (List<Map<String, Object>>) list;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> strings(Object map) {
    return map == null ? Map.of() : (Map<String, String>) map;
  }

  /** Those that ask Prometheus. */
  static List<Path> dashboards() throws IOException {
    try (Stream<Path> files = Files.list(GRAFANA)) {
      return files
          .filter(file -> file.getFileName().toString().matches("dashboard-.*\\.json"))
          .filter(file -> expressions(json(file)).findAny().isPresent())
          .sorted()
          .toList();
    }
  }

  static JsonNode json(Path file) {
    return JsonMapper.shared().readTree(file.toFile());
  }

  static Stream<String> expressions(JsonNode dashboard) {
    return dashboard
        .get("panels")
        .valueStream()
        .flatMap(panel -> panel.path("targets").valueStream())
        .filter(target -> target.has("expr"))
        .map(target -> target.get("expr").asString());
  }

  /** All metrics of services that rules and dashboards ask for, with the labels they choose by. */
  static Map<String, Set<String>> asked() throws IOException {
    Map<String, Set<String>> asked = new TreeMap<>();
    List<String> expressions = new ArrayList<>();
    rules().forEach(rule -> expressions.add(rule.expression()));
    for (Path dashboard : dashboards()) {
      expressions(json(dashboard)).forEach(expressions::add);
    }
    for (String expression : expressions) {
      PromQl.selectors(expression)
          .forEach((metric, labels) ->
              asked.computeIfAbsent(metric, _ -> new TreeSet<>()).addAll(labels));
    }
    rules().forEach(rule -> rule.recorded().ifPresent(asked::remove));
    // Prometheus itself makes it.
    asked.remove("up");
    return asked;
  }
}
