package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regionalpacs.standalone.SettingsText.Setting;

/** Makes docs/configuration.md of the services' settings files. */
final class ConfigurationPage {
  static final Path FILE = Path.of("../../docs/configuration.md");

  private static final List<Service> ORDER =
      List.of(Service.CONSUMER, Service.STORESCP, Service.WADO, Service.WEBWORKER);

  private static final String HEAD =
      """
      # Configuration

      Made of the services' settings files by `ConfigurationPageTest`; don't edit it, but them: `src/main/resources/<service>.yml` of each service.

      Every key can be set by its environment variable (the one named here, or Spring's own spelling of the key: `pacs.intake.min-free` is
      `PACS_INTAKE_MINFREE`), in a file `application.yml` beside the service, with `./pacs up` in `data/pacs.yml`, or as an argument `--key=value`. What isn't
      valid stops the service at its start, with the key and the reason. A key without words of its own belongs to the one above it.

      Times are `250ms`, `10s`, `5m`, `2h`, `30d`; sizes `512MB`, `8GB` (powers of two).
      """;

  private ConfigurationPage() {}

  /** A row; the services that have the key with the same variable and default share one. */
  private record Row(Setting setting, List<String> services) {}

  static List<Setting> settings(Service service) {
    try {
      return SettingsText.read(
          Files.readString(
              Path.of(
                  "../..",
                  service.id() + "-service",
                  "src/main/resources",
                  service.id() + ".yml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    sections()
        .forEach((section, rows) -> {
          page.append("\n## ").append(section).append("\n\n");
          page.append("| key | environment | default | services | |\n|---|---|---|---|---|\n");
          rows.forEach(row -> page.append(line(row)));
        });
    return page.toString();
  }

  private static Map<String, List<Row>> sections() {
    Map<String, List<Row>> sections = new TreeMap<>();
    for (Service service : ORDER) {
      for (Setting setting : settings(service)) {
        if (isFixed(setting)) {
          continue;
        }
        List<Row> rows = sections.computeIfAbsent(section(setting.key()), _ -> new ArrayList<>());
        same(rows, setting)
            .ifPresentOrElse(
                row -> row.services().add(service.id()),
                () -> rows.add(new Row(setting, new ArrayList<>(List.of(service.id())))));
      }
    }
    return sections;
  }

  /** What a service says of Spring's own keys, and nobody is meant to change. */
  private static boolean isFixed(Setting setting) {
    return !setting.key().startsWith("pacs.") && setting.variable().isEmpty();
  }

  private static Optional<Row> same(List<Row> rows, Setting setting) {
    return rows.stream()
        .filter(row -> row.setting().key().equals(setting.key()))
        .filter(row -> row.setting().variable().equals(setting.variable()))
        .filter(row -> row.setting().fallback().equals(setting.fallback()))
        .findFirst();
  }

  /** Of the feature: the first two names of its keys, of Spring's own the first. */
  private static String section(String key) {
    String[] names = key.split("\\.");
    return names[0].equals("pacs") ? names[0] + "." + names[1] : names[0];
  }

  private static String line(Row row) {
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            row.setting().key(),
            code(row.setting().variable().orElse("")),
            code(row.setting().fallback()),
            String.join(", ", row.services()),
            row.setting().says().replace("|", "\\|").replace("<", "&lt;"));
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text.replace("|", "\\|") + "`";
  }
}
