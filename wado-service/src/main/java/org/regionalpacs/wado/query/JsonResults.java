package org.regionalpacs.wado.query;

import java.io.IOException;
import java.io.OutputStream;

/** Results as an array of DICOM JSON objects (PS3.18 F.2.1). */
final class JsonResults implements Results {
  /** Bytes that are written at a time, or more. */
  private static final int BLOCK = 16 * 1024;

  private final OutputStream out;
  private final ResultWriter writer;
  private final JsonBytes json = new JsonBytes(2 * BLOCK);
  private char separator = '[';

  JsonResults(OutputStream out, ResultWriter writer) {
    this.out = out;
    this.writer = writer;
  }

  @Override
  public void write(SearchRow row) throws IOException {
    json.add(separator);
    separator = ',';
    writer.write(row, json);
    if (json.size() >= BLOCK) {
      json.writeTo(out);
      json.clear();
    }
  }

  @Override
  public void close() throws IOException {
    json.add(separator == '[' ? "[]" : "]");
    json.writeTo(out);
  }
}
