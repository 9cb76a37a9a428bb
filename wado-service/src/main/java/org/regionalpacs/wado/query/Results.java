package org.regionalpacs.wado.query;

import java.io.Closeable;
import java.io.IOException;

/** A body that results are written to, one by one. Closing ends the body, not its stream. */
interface Results extends Closeable {
  void write(SearchRow row) throws IOException;
}
