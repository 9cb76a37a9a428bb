package org.regionalpacs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/warehouse.md says is so. */
class WarehouseDocumentTest {
  private static final Path ROOT = Path.of("../..");
  private static final Path DOCUMENT = ROOT.resolve("docs/warehouse.md");
  private static final Pattern VARIABLE = Pattern.compile("PACS_WAREHOUSE_[A-Z_]+");

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void givenATable_whenTheDocumentIsRead_thenItHasEachColumnAsItIs(WarehouseTable table)
      throws IOException {
    String section = section("### " + table.table());
    List<String> documented =
        Pattern.compile("(?m)^\\| `(\\w+)` \\| ([a-z0-9 ]+) \\| ([a-z ]*)\\| (\\S.*) \\|$")
            .matcher(section)
            .results()
            .map(row -> (row.group(1) + " " + row.group(2) + " " + row.group(3)).strip())
            .toList();

    assertThat(documented)
        .isEqualTo(table.columns().stream().map(column -> text(table, column)).toList());
  }

  private static String text(WarehouseTable table, Column column) {
    String type =
        switch (column.type()) {
          case TEXT -> "text " + column.length();
          case INT -> "int";
          case LONG -> "long";
          case DECIMAL -> "decimal";
          case DAY -> "day";
          case MOMENT -> "moment";
        };
    String what = column.required() ? "" : " may be none";
    return column.name() + " " + type + (table.key().contains(column) ? " key" : what);
  }

  @Test
  void givenTheColumnsOfReceivedSeries_whenTheDocumentIsRead_thenItHasThem() throws IOException {
    String migration =
        Files.readString(Path.of("src/main/resources/db/warehouse/V2__received_series.sql"));
    List<String> columns =
        Pattern.compile("(?m)^  (\\w+) \\w+.* not null,?$")
            .matcher(migration)
            .results()
            .map(column -> "`" + column.group(1) + "`")
            .toList();

    assertThat(columns).hasSize(29);
    assertThat(section("### received_series")).contains(columns);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "consumer-service/src/main/resources/consumer.yml",
        "wado-service/src/main/resources/wado.yml",
        "webworker-service/src/main/resources/webworker.yml"
      })
  void givenTheSettingsOfAService_whenTheDocumentIsRead_thenItHasEachWithItsDefault(String yml)
      throws IOException {
    String document = Files.readString(DOCUMENT);
    List<MatchResult> settings =
        Pattern.compile("\\$\\{(" + VARIABLE.pattern() + "):([^}]*)}")
            .matcher(Files.readString(ROOT.resolve(yml)))
            .results()
            .filter(setting -> !setting.group(1).contains("_UPKEEP_"))
            .toList();

    assertThat(settings).hasSizeGreaterThan(20);
    assertThat(settings)
        .allSatisfy(setting ->
            assertThat(document)
                .containsPattern(
                    "`%s` \\| %s *\\|"
                        .formatted(setting.group(1), Pattern.quote(setting.group(2)))));
  }

  private static String section(String title) throws IOException {
    String document = Files.readString(DOCUMENT);
    int from = document.indexOf(title + "\n");
    assertThat(from).as(title).isPositive();
    int to = document.indexOf("\n#", from + 1);
    return document.substring(from, to);
  }
}
