package org.regionalpacs.warehouse.doris;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DorisSqlTest {

  @Test
  void givenAQuery_whenMadeForDoris_thenTablesHaveTheirDatabaseAndDorisEndsItInTime() {
    assertThat(
            DorisSql.of(
                "select a from {dicom_image_meta} i join {wado_access_log} l",
                "pacs",
                Duration.ofSeconds(10)))
        .isEqualTo(
            "SELECT /*+ SET_VAR(query_timeout=10) */ a from `pacs`.`dicom_image_meta` i"
                + " join `pacs`.`wado_access_log` l");
  }
}
