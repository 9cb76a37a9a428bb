package org.regionalpacs.wado;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestPropertySource;

/** With 100,000 instances. */
// A context, and so a database, of its own.
@TestPropertySource(properties = "spring.datasource.hikari.pool-name=plans-short")
class QueryPlansShortIT extends QueryPlansIT {
  @Override
  int size() {
    return 100_000;
  }

  @Override
  int batch() {
    return 50;
  }

  /**
   * A physician refers hundreds of studies. With ten times as many of them, but still few patients,
   * PostgreSQL rather reads all patients once than those one by one.
   */
  @ParameterizedTest
  @CsvSource({
    "/studies?ReferringPhysicianName=*28dd2c79*, study_by_referring_physician",
    "/studies?ReferringPhysicianName=ruth%20d28dd2c79d&fuzzymatching=true, study_by_referring_physician",
  })
  void givenAKeyThatFindsMany_whenAskedOverHttp_thenByIndex(String path, String indexes)
      throws Exception {
    givenTheIndexIsLarge_whenItIsAskedOverHttp_thenByIndex(path, indexes);
  }
}
