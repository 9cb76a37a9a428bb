package org.regionalpacs.wado.query;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.regionalpacs.dicom.json.BulkDataResolver;
import org.regionalpacs.dicom.json.BulkDataUris;
import org.regionalpacs.dicom.json.DicomJsonReader;
import org.regionalpacs.dicom.xml.NativeModelWriter;

/** Results as parts, each a document of the Native DICOM Model (PS3.18 8.7.4, PS3.19 A.1). */
final class XmlResults implements Results {
  private final OutputStream out;
  private final String boundary;
  private final String partType;
  private final ResultWriter writer;
  private final NativeModelWriter model = new NativeModelWriter(BulkDataUris.NONE);
  private final DicomJsonReader reader;
  private final JsonBytes json = new JsonBytes(4096);

  XmlResults(OutputStream out, String boundary, String partType, ResultWriter writer) {
    this.out = out;
    this.boundary = boundary;
    this.partType = partType;
    this.writer = writer;
    this.reader = new DicomJsonReader(BulkDataResolver.LEAVE_OUT);
  }

  @Override
  public void write(SearchRow row) throws IOException {
    json.clear();
    writer.write(row, json);
    ascii("--" + boundary + "\r\nContent-Type: " + partType + "\r\n\r\n");
    reader.readAll(
        new ByteArrayInputStream(json.toByteArray()), result -> model.write(result, out));
    ascii("\r\n");
  }

  @Override
  public void close() throws IOException {
    ascii("--" + boundary + "--\r\n");
  }

  private void ascii(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
