package org.regionalpacs.bench;

import java.io.IOException;
import java.util.List;

/** A program whose work is measured, the product or one that it is compared with. */
interface Contender extends AutoCloseable {
  /** What results call it. */
  String name();

  /** How it was run, a line each. */
  List<String> setting();

  /** All of its processes. */
  CpuMeter cpu();

  /** Whether it gets faster with use, as what runs in a JVM does. */
  default boolean warmsUp() {
    return false;
  }

  @Override
  void close() throws IOException;
}
