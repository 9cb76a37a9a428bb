package org.regionalpacs.wado.portal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * A small file that the page needs, in the heap.
 *
 * @param type its media type
 * @param bytes as it is
 * @param gzip the same compressed
 */
record PortalFile(String type, byte[] bytes, byte[] gzip) {

  static PortalFile of(String type, byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PortalFile(type, bytes, zipped.toByteArray());
  }
}
