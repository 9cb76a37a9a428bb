package org.regionalpacs.warehouse.doris;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regionalpacs.test.doris.DorisColumn;
import org.regionalpacs.test.doris.DorisTable;
import org.regionalpacs.warehouse.Column;
import org.regionalpacs.warehouse.ColumnType;
import org.regionalpacs.warehouse.WarehouseTable;
import org.springframework.core.io.ClassPathResource;

class DorisDdlTest {

  @ParameterizedTest
  @EnumSource
  void givenATable_whenItsDdlIsRead_thenTheColumnsAreTheSame(WarehouseTable table)
      throws IOException {
    DorisTable ddl = DorisTable.parse(DorisDdl.of(table, 3));

    assertThat(ddl.name()).isEqualTo(table.table());
    assertThat(ddl.columns().stream().map(DorisDdlTest::text))
        .containsExactlyElementsOf(table.columns().stream().map(DorisDdlTest::text).toList());
    assertThat(ddl.key()).isEqualTo(table.key().stream().map(Column::name).toList());
    assertThat(ddl.day()).isEqualTo(table.day().name());
    assertThat(ddl.hash()).isEqualTo(List.of("tenant", "study_uid"));
    assertThat(ddl.order()).isEqualTo(table.order().map(Column::name));
  }

  @ParameterizedTest
  @EnumSource
  void givenATable_whenItsDdlIsRead_thenMetaIsUniqueAndLogsAreDuplicate(WarehouseTable table)
      throws IOException {
    String ddl = DorisDdl.of(table, 3);
    boolean meta = table.table().startsWith("dicom_");

    assertThat(DorisTable.parse(ddl).unique()).isEqualTo(meta);
    assertThat(ddl.contains("\"enable_unique_key_merge_on_write\" = \"true\"")).isEqualTo(meta);
    assertThat(ddl)
        .contains("\"replication_allocation\" = \"tag.location.default: 3\"")
        .doesNotContain("${");
  }

  @ParameterizedTest
  @EnumSource
  void givenATable_whenItsDdlIsRead_thenIndexesAreOnTextsThatItHas(WarehouseTable table)
      throws IOException {
    List<String> texts =
        table.columns().stream()
            .filter(column -> column.type() == ColumnType.TEXT)
            .map(Column::name)
            .toList();

    assertThat(
            names(DorisDdl.of(table, 3), "\"bloom_filter_columns\" = \"([^\"]*)\"").stream()
                .flatMap(columns -> Stream.of(columns.split(","))))
        .isSubsetOf(texts);
  }

  @Test
  void givenTheViewOfReceivedSeries_whenRead_thenItsColumnsAreThoseOfPostgres() throws IOException {
    String migration =
        new ClassPathResource("db/warehouse/V2__received_series.sql")
            .getContentAsString(StandardCharsets.UTF_8);

    String columns = DorisDdl.view().replaceFirst("(?s)\\) AS\n.*", "");

    assertThat(names(columns, "(?m)^  `(\\w+)`,?$"))
        .isEqualTo(names(migration, "(?m)^  (\\w+) \\w+.* not null,?$"))
        .hasSize(29);
  }

  private static List<String> names(String sql, String column) {
    return Pattern.compile(column).matcher(sql).results().map(found -> found.group(1)).toList();
  }

  private static String text(DorisColumn column) {
    return column.name() + " " + column.sqlType() + (column.nullable() ? "" : " NOT NULL");
  }

  private static String text(Column column) {
    String type =
        switch (column.type()) {
          // Bytes, and a character has 4 at most.
          case TEXT -> "VARCHAR(" + 4 * column.length() + ")";
          case INT -> "INT";
          case LONG -> "BIGINT";
          case DECIMAL -> "DECIMAL(27, 9)";
          case DAY -> "DATE";
          case MOMENT -> "DATETIME(3)";
        };
    return column.name() + " " + type + (column.required() ? " NOT NULL" : "");
  }
}
