package org.regionalpacs.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml as Compose reads it: anchors merged, variables put in. */
public final class ComposeFile {
  /** The top folder of the repository, for tests of a module two folders below it. */
  public static final Path REPOSITORY = Path.of("..", "..").toAbsolutePath().normalize();

  /** {@code ${NAME:-default}}; two dollars stand for one. */
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\$|\\$\\{([A-Z0-9_]+):-([^}]*)}|\\$\\{[^}]*}?");

  private final Map<String, String> variables;
  private final Map<String, String> defaults = new TreeMap<>();
  private final Map<String, Object> content;

  private ComposeFile(String yaml, Map<String, String> variables) {
    this.variables = variables;
    this.content =
        map(replaced(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(yaml)));
  }

  /**
   * The repository's.
   *
   * @param variables what is in {@code .env} and the environment
   */
  public static ComposeFile ofRepository(Map<String, String> variables) {
    try {
      return new ComposeFile(Files.readString(REPOSITORY.resolve("docker-compose.yml")), variables);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The services by name. */
  public Map<String, ComposeService> services() {
    Map<String, ComposeService> services = new TreeMap<>();
    map(content.get("services"))
        .forEach((name, values) -> services.put(name, new ComposeService(name, map(values))));
    return services;
  }

  public ComposeService service(String name) {
    return services().get(name);
  }

  /** The file of each secret, by its name. */
  public Map<String, Object> secretFiles() {
    Map<String, Object> files = new TreeMap<>();
    top("secrets").forEach((name, secret) -> files.put(name, map(secret).get("file")));
    return files;
  }

  /** The values of a top element, such as {@code volumes}, by name. */
  Map<String, Object> top(String element) {
    return map(content.get(element));
  }

  /** All variables that the file has, with their defaults. */
  Map<String, String> defaults() {
    return defaults;
  }

  private Object replaced(Object value) {
    return switch (value) {
      case String text -> replaced(text);
      case List<?> list -> list.stream().map(this::replaced).toList();
      case Map<?, ?> map -> {
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, each) -> values.put(String.valueOf(key), replaced(each)));
        yield values;
      }
      case null -> "";
      default -> value;
    };
  }

  private String replaced(String text) {
    Matcher matcher = VARIABLE.matcher(text);
    return matcher.replaceAll(found -> Matcher.quoteReplacement(valueOf(found.group(), matcher)));
  }

  private String valueOf(String found, Matcher matcher) {
    if (found.equals("$$")) {
      return "$";
    }
    if (matcher.group(1) == null) {
      throw new IllegalStateException(found + " has no default");
    }
    String before = defaults.put(matcher.group(1), matcher.group(2));
    if (before != null && !before.equals(matcher.group(2))) {
      throw new IllegalStateException(matcher.group(1) + " has two defaults");
    }
    return variables.getOrDefault(matcher.group(1), matcher.group(2));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The texts in a value, however deep. */
  static Collection<String> texts(Object value) {
    return switch (value) {
      case Map<?, ?> map -> texts(List.copyOf(map.values()));
      case Collection<?> list -> {
        Collection<String> texts = new TreeSet<>();
        list.forEach(each -> texts.addAll(texts(each)));
        yield texts;
      }
      default -> List.of(String.valueOf(value));
    };
  }
}
