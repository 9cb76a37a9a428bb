package org.regionalpacs.metadata;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Where in a document (uncompressed) the object of each instance is. It lies behind the gzipped
 * document in the same blob, out of the readers' sight, so that a document to which an instance is
 * added can be made from the older one without reading all the files again.
 *
 * @param entries in the order of the document
 */
record DocumentIndex(List<Entry> entries) {
  private static final int MAGIC = 0x52504D49;
  private static final int MAX_ENTRIES = 10_000_000;

  DocumentIndex {
    entries = List.copyOf(entries);
  }

  /**
   * The object of one instance.
   *
   * @param receptionId the version it describes
   * @param offset of its first byte in the JSON
   * @param length bytes
   * @param lasting whether reading the file again would give the same
   */
  record Entry(UUID receptionId, long offset, int length, boolean lasting) {}

  void writeTo(OutputStream out) throws IOException {
    GZIPOutputStream gzip = new GZIPOutputStream(out);
    DataOutputStream data = new DataOutputStream(gzip);
    data.writeInt(MAGIC);
    data.writeInt(entries.size());
    for (Entry entry : entries) {
      data.writeLong(entry.receptionId.getMostSignificantBits());
      data.writeLong(entry.receptionId.getLeastSignificantBits());
      data.writeLong(entry.offset);
      data.writeInt(entry.length);
      data.writeBoolean(entry.lasting);
    }
    data.flush();
    gzip.finish();
  }

  static DocumentIndex readFrom(InputStream in) throws IOException {
    try (DataInputStream data =
        new DataInputStream(new BufferedInputStream(new GZIPInputStream(in)))) {
      int magic = data.readInt();
      int count = data.readInt();
      if (magic != MAGIC || count < 0 || count > MAX_ENTRIES) {
        throw new IOException("not the index of a metadata document");
      }
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        entries.add(
            new Entry(
                new UUID(data.readLong(), data.readLong()),
                data.readLong(),
                data.readInt(),
                data.readBoolean()));
      }
      return new DocumentIndex(entries);
    }
  }
}
