package org.regionalpacs.wado;

import org.junit.jupiter.api.Tag;
import org.springframework.test.context.TestPropertySource;

/** With a million instances and the largest batch there is by default. */
@Tag("long")
// A context, and so a database, of its own.
@TestPropertySource(properties = "spring.datasource.hikari.pool-name=plans-long")
class QueryPlansLongIT extends QueryPlansIT {
  @Override
  int size() {
    return 1_000_000;
  }

  @Override
  int batch() {
    return 500;
  }
}
