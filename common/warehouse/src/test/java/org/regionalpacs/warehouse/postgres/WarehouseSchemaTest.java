package org.regionalpacs.warehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regionalpacs.warehouse.Column;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseTable;

class WarehouseSchemaTest {
  private static TestWarehouse test;

  @BeforeAll
  static void make() throws Exception {
    test = new TestWarehouse(Clock.systemUTC());
    // Somebody else's tables and history are in the same database.
    test.execute("create table public.flyway_schema_history (other text)");
    test.warehouse().query(new WarehouseQuery("select 1", List.of(), 1), List::getFirst);
  }

  @AfterAll
  static void close() {
    test.close();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void givenATable_whenMade_thenItsColumnsAreThoseOfTheDefinition(WarehouseTable table)
      throws Exception {
    assertThat(
            test.read(
                """
                select attname || ' ' || format_type(atttypid, atttypmod)
                       || case when attnotnull then ' not null' else '' end
                  from pg_attribute where attrelid = 'warehouse.%s'::regclass and attnum > 0
                 order by attnum
                """
                    .formatted(table.table())))
        .containsExactlyElementsOf(
            table.columns().stream().map(WarehouseSchemaTest::definition).toList());
  }

  private static String definition(Column column) {
    String type =
        switch (column.type()) {
          case TEXT -> "character varying(%d)".formatted(column.length());
          case INT -> "integer";
          case LONG -> "bigint";
          case DECIMAL -> "numeric(27,9)";
          case DAY -> "date";
          case MOMENT -> "timestamp(3) with time zone";
        };
    return column.name() + " " + type + (column.required() ? " not null" : "");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void givenATable_whenMade_thenItsKeyAndPartitionsAreThoseOfTheDefinition(WarehouseTable table)
      throws Exception {
    String name = table.table();
    assertThat(
            test.read(
                """
                select pg_get_constraintdef(oid) from pg_constraint
                 where conrelid = 'warehouse.%s'::regclass and contype = 'p'
                """
                    .formatted(name)))
        .containsExactly(
            "PRIMARY KEY (%s)"
                .formatted(String.join(", ", table.key().stream().map(Column::name).toList())));
    assertThat(test.read("select pg_get_partkeydef('warehouse.%s'::regclass)".formatted(name)))
        .containsExactly("RANGE (%s)".formatted(table.day().name()));
  }

  @Test
  void givenTheIndexInTheSameDatabase_whenMade_thenEachHasItsOwnHistory() throws Exception {
    assertThat(test.read("select count(*) from warehouse.schema_history where version is not null"))
        .containsExactly("2");
    assertThat(test.read("select count(*) from public.flyway_schema_history")).containsExactly("0");
  }
}
