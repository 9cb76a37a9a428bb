package org.regionalpacs.wado;

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
}
