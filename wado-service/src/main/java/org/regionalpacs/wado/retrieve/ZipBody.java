package org.regionalpacs.wado.retrieve;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.regionalpacs.wado.web.BodySource;
import org.regionalpacs.wado.web.Part;

/**
 * Objects as the files of a ZIP archive, compressed while they are sent: none of them is in memory,
 * however many there are and however large.
 *
 * @param files in their order
 */
record ZipBody(List<ZippedFile> files) implements BodySource {

  /**
   * A file of the archive.
   *
   * @param name with its folder, unique in the archive
   * @param compressible whether its bytes get fewer by it; those of compressed pixels don't
   * @param content opens its bytes, when it is its turn
   */
  record ZippedFile(String name, boolean compressible, Opener content) {}

  /** Opens a file when it is its turn. */
  @FunctionalInterface
  interface Opener {
    Part open() throws IOException;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (ZippedFile file : files) {
      Part content = file.content().open();
      zip.setLevel(file.compressible() ? Deflater.BEST_SPEED : Deflater.NO_COMPRESSION);
      zip.putNextEntry(new ZipEntry(file.name()));
      content.body().writeTo(zip);
      zip.closeEntry();
    }
    zip.finish();
  }
}
