package org.regionalpacs.metadata;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Writes a document, object by object, and notes where each one is. */
final class DocumentWriter {
  private static final int BUFFER = 16 * 1024;

  private final GZIPOutputStream gzip;
  private final List<DocumentIndex.Entry> entries = new ArrayList<>();
  private long position;

  DocumentWriter(OutputStream out) throws IOException {
    this.gzip = new GZIPOutputStream(out, BUFFER);
    write('[');
  }

  /** Appends the object of an instance. */
  void add(UUID receptionId, InstanceText text) throws IOException {
    if (!entries.isEmpty()) {
      write(',');
    }
    byte[] json = text.json();
    entries.add(new DocumentIndex.Entry(receptionId, position, json.length, text.lasting()));
    gzip.write(json);
    position += json.length;
  }

  /** Ends the document; what is written to the stream after it is no part of it. */
  DocumentIndex finish() throws IOException {
    write(']');
    gzip.finish();
    return new DocumentIndex(entries);
  }

  private void write(char bracket) throws IOException {
    gzip.write(bracket);
    position++;
  }
}
