package org.regionalpacs.wado;

/** With 100,000 instances. */
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
