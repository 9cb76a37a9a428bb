package org.regionalpacs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.DicomInputStream;

/**
 * A Part 10 file that is sent.
 *
 * @param dataSetOffset where its data set begins, in bytes
 */
record CtFile(
    Path path, String sopClass, String sopInstance, String transferSyntax, long dataSetOffset)
    implements SentImage {

  static CtFile scan(Path path) throws IOException {
    try (DicomInputStream in = DicomInputStream.ofFile(path)) {
      Attributes head = in.readDataSetUntil(Tag.SOPInstanceUID + 1);
      return new CtFile(
          path,
          head.getString(Tag.SOPClassUID).orElseThrow(() -> noObject(path)),
          head.getString(Tag.SOPInstanceUID).orElseThrow(() -> noObject(path)),
          in.transferSyntax(),
          in.dataSetOffset());
    }
  }

  private static IOException noObject(Path path) {
    return new IOException(path + " has no SOP Class UID or no SOP Instance UID");
  }

  /** The bytes of the data set as they are in the file. */
  @Override
  public InputStream open() throws IOException {
    return Channels.newInputStream(FileChannel.open(path).position(dataSetOffset));
  }
}
