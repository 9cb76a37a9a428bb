package org.regionalpacs.wado;

import org.junit.jupiter.api.Tag;

/** With a million instances and the largest batch there is by default. */
@Tag("long")
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
