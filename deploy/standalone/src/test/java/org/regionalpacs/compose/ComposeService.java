package org.regionalpacs.compose;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A service of docker-compose.yml.
 *
 * @param values what the file says of it, by key
 */
public record ComposeService(String name, Map<String, Object> values) {

  /** Its environment. */
  public Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    ComposeFile.map(values.get("environment"))
        .forEach((key, value) -> environment.put(key, String.valueOf(value)));
    return environment;
  }

  /** The names of its files under {@code /run/secrets}, each with the name of the secret in it. */
  public Map<String, String> secrets() {
    Map<String, String> secrets = new TreeMap<>();
    for (Object secret : list("secrets")) {
      Map<String, Object> longForm = ComposeFile.map(secret);
      String source = String.valueOf(longForm.getOrDefault("source", secret));
      secrets.put(String.valueOf(longForm.getOrDefault("target", source)), source);
    }
    return secrets;
  }

  /** The command that tells whether it is well, after the word that says how it is run. */
  public List<String> healthCheck() {
    Object test = ComposeFile.map(values.get("healthcheck")).get("test");
    return test instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  List<String> profiles() {
    return texts("profiles");
  }

  String image() {
    return String.valueOf(values.get("image"));
  }

  /** The names of those that it waits for, with what it waits for. */
  Map<String, String> waitsFor() {
    Map<String, String> conditions = new TreeMap<>();
    ComposeFile.map(values.get("depends_on"))
        .forEach((name, how) ->
            conditions.put(name, String.valueOf(ComposeFile.map(how).get("condition"))));
    return conditions;
  }

  /** How many containers there are. */
  int replicas() {
    return (int) ComposeFile.map(values.get("deploy")).getOrDefault("replicas", 1);
  }

  /** What a container may use at most. */
  Map<String, Object> limits() {
    Object resources = ComposeFile.map(values.get("deploy")).get("resources");
    return ComposeFile.map(ComposeFile.map(resources).get("limits"));
  }

  /** The values of a list of texts; empty without it. */
  List<String> texts(String key) {
    return list(key).stream().map(String::valueOf).toList();
  }

  private List<?> list(String key) {
    return values.get(key) instanceof List<?> list ? list : List.of();
  }
}
