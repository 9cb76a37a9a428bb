package org.regionalpacs.consumer.converter;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A rendition on its way into the archive; closing it deletes the file.
 *
 * @param path a Part 10 file
 * @param sop its SOP Instance UID
 * @param size bytes of the file
 * @param dataSetOffset where the data set starts in it
 * @param dataSetDigest SHA-256 of the data set, hexadecimal
 * @param fileDigest SHA-256 of the file, hexadecimal
 */
record RenditionFile(
    Path path, String sop, long size, int dataSetOffset, String dataSetDigest, String fileDigest)
    implements Closeable {

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
