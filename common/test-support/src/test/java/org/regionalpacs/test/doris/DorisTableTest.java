package org.regionalpacs.test.doris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class DorisTableTest {
  private static final String DDL =
      """
      -- A table.
      CREATE TABLE IF NOT EXISTS `t` (
        `day` DATE NOT NULL,
        `id` VARCHAR(8) NOT NULL,
        `n` INT NULL,
        `big` BIGINT NULL,
        `d` DECIMAL(5, 2) NULL,
        `at` DATETIME(3) NULL
      )
      ENGINE = OLAP
      UNIQUE KEY (`day`, `id`)
      AUTO PARTITION BY RANGE (date_trunc(`day`, 'day')) ()
      DISTRIBUTED BY HASH(`id`) BUCKETS 4
      PROPERTIES (
        "replication_allocation" = "tag.location.default: 1"
      );
      """;

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "UNIQUE KEY (`day`, `id`) | UNIQUE KEY (`id`, `day`) | the columns of the key come first",
        "UNIQUE KEY (`day`, `id`) | UNIQUE KEY (`day`, `n`) | the columns of the key come first",
        "HASH(`id`) | HASH(`n`) | a unique table is distributed by key columns",
        "date_trunc(`day` | date_trunc(`at` | the partition's column is a part of the key",
        "`day` DATE NOT NULL | `day` DATE NULL | never null",
        "`n` INT NULL | `id` INT NULL | id is there twice",
        "`n` INT NULL | n integer | not a column",
        "ENGINE = OLAP | ENGINE = INNODB | not the DDL"
      })
  void givenADdlThatDorisRefuses_whenRead_thenItIsRefused(
      String right, String wrong, String reason) {
    assertThat(DorisTable.parse(DDL).unique()).isTrue();

    assertThatThrownBy(() -> DorisTable.parse(DDL.replace(right, wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"id\":null | column_name[id], null value",
        "\"id\":\"山山山\" | column_name[id], the length of input is too long",
        "\"id\":5 | column_name[id], not a text",
        "\"n\":2147483648 | column_name[n]",
        "\"n\":\"1\" | column_name[n]",
        "\"big\":9223372036854775808 | column_name[big]",
        "\"d\":\"1000\" | column_name[d]",
        "\"d\":\"0.001\" | column_name[d]",
        "\"d\":\"x\" | column_name[d], Invalid value",
        "\"day\":\"2026-02-30\" | column_name[day], Invalid value",
        "\"at\":\"2026-02-28T00:00:00Z\" | column_name[at], Invalid value",
        "\"other\":1 | no such column"
      })
  void givenARowThatDoesNotFit_whenChecked_thenTheReasonNamesTheColumn(
      String change, String reason) {
    String row = "{\"day\":\"2026-02-28\",\"id\":\"a\"," + change + "}";

    assertThat(DorisTable.parse(DDL).against(JsonMapper.shared().readTree(row)))
        .hasValueSatisfying(against -> assertThat(against).contains(reason));
  }

  @Test
  void givenARowThatFits_whenChecked_thenThereIsNothingAgainstIt() {
    String row =
        """
        {"day":"2026-02-28","id":"山山","n":-1,"big":null,"d":"-999.99","at":"2026-02-28 23:59:59.999"}
        """;

    assertThat(DorisTable.parse(DDL).against(JsonMapper.shared().readTree(row))).isEmpty();
  }
}
