package org.regionalpacs.intake;

import java.io.IOException;
import java.io.OutputStream;

/** A data set that is made while it is written. */
@FunctionalInterface
public interface DataSetContent {
  /**
   * Writes all of it; doesn't close {@code out}.
   *
   * @throws IOException when what it is made from can't be read
   */
  void writeTo(OutputStream out) throws IOException;
}
