package org.regionalpacs.wado.web;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes that can be written out. */
@FunctionalInterface
public interface BodySource {
  /** Writes all of them; doesn't close {@code out}. */
  void writeTo(OutputStream out) throws IOException;
}
