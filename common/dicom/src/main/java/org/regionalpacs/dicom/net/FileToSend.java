package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.DicomInputStream;

/**
 * What is to be known of a file to send it.
 *
 * @param path the file
 * @param sopClass its SOP Class UID
 * @param sopInstance its SOP Instance UID, empty when it has none
 * @param transferSyntax the encoding of its data set
 * @param offset position of the data set
 * @param length bytes of the data set, as they are in the file
 */
record FileToSend(
    Path path,
    String sopClass,
    String sopInstance,
    String transferSyntax,
    long offset,
    long length) {
  private static final String MEDIA_STORAGE_DIRECTORY = "1.2.840.10008.1.3.10";

  /**
   * Reads the head of a file.
   *
   * @throws IOException when it can't be read or sent, saying why
   */
  static FileToSend scan(Path path) throws IOException {
    try (DicomInputStream in =
        DicomInputStream.ofFile(path)
            .keepOnly(tag -> tag == Tag.SOPClassUID || tag == Tag.SOPInstanceUID)) {
      Attributes dataSet = identity(in);
      Attributes meta = in.fileMeta().orElseGet(Attributes::new);
      // The data set is right where file meta information differs: it is what the server sees.
      String sopClass =
          dataSet
              .getString(Tag.SOPClassUID)
              .or(() -> meta.getString(Tag.MediaStorageSOPClassUID))
              .orElseThrow(() -> new IOException("no DICOM object: it has no SOP Class UID"));
      if (sopClass.equals(MEDIA_STORAGE_DIRECTORY)) {
        throw new IOException("a DICOMDIR isn't an object to send");
      }
      return new FileToSend(
          path,
          sopClass,
          dataSet
              .getString(Tag.SOPInstanceUID)
              .orElseGet(() -> meta.getString(Tag.MediaStorageSOPInstanceUID, "")),
          in.transferSyntax(),
          in.dataSetOffset(),
          Files.size(path) - in.dataSetOffset());
    } catch (RuntimeException e) {
      throw new IOException("no readable DICOM object", e);
    }
  }

  private static Attributes identity(DicomInputStream in) throws IOException {
    try {
      return in.readDataSetUntil(Tag.SOPInstanceUID + 1);
    } catch (DicomFormatException e) {
      if (in.fileMeta().isEmpty()) {
        throw e;
      }
      // Whether a damaged data set is acceptable is for the server to say.
      return in.readSoFar();
    }
  }

  /** The bytes of the data set as they are in the file. */
  InputStream open() throws IOException {
    FileChannel channel = FileChannel.open(path);
    try {
      return Channels.newInputStream(channel.position(offset));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
