package org.regionalpacs.wado.query;

import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Results as an array of DICOM JSON objects (PS3.18 F.2.1). */
final class JsonResults implements Results {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final ResultWriter writer;
  private final JsonGenerator json;

  JsonResults(OutputStream out, ResultWriter writer) {
    this.writer = writer;
    this.json = JSON.createGenerator(ObjectWriteContext.empty(), out);
    json.writeStartArray();
  }

  @Override
  public void write(SearchRow row) {
    writer.write(row, json);
  }

  @Override
  public void close() {
    json.writeEndArray();
    json.close();
  }
}
