package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;

/**
 * A file by what it is.
 *
 * @param sopInstance empty where the data set has none, as the other UIDs
 * @param digest SHA-256 of the data set's bytes
 * @param damaged whether it can't be read as far as the UIDs
 */
record SampleFile(
    Path path,
    String sopInstance,
    String study,
    String series,
    String transferSyntax,
    String digest,
    boolean damaged) {

  /** Reads a file; what is damaged behind the UIDs doesn't matter here. */
  static SampleFile read(Path path) throws IOException {
    ByteSource source = ByteSource.of(path);
    try (DicomInputStream in = DicomInputStream.of(source)) {
      Attributes dataSet;
      boolean damaged = false;
      try {
        dataSet = in.bulkDataThreshold(1024).readDataSetUntil(Tag.SeriesInstanceUID + 1);
      } catch (IOException e) {
        dataSet = in.readSoFar();
        damaged = true;
      }
      return new SampleFile(
          path,
          dataSet.getString(Tag.SOPInstanceUID, ""),
          dataSet.getString(Tag.StudyInstanceUID, ""),
          dataSet.getString(Tag.SeriesInstanceUID, ""),
          in.transferSyntax(),
          digest(source),
          damaged);
    }
  }

  /**
   * Whether an archive can take it: it says which instance of which series of which study it is.
   */
  boolean hasIdentity() {
    return !sopInstance.isEmpty() && !study.isEmpty() && !series.isEmpty();
  }

  /** Whether its UIDs can be kept: one of the samples has a path for a UID. */
  boolean hasUsableUids() {
    return UID.isUsable(sopInstance) && UID.isUsable(study) && UID.isUsable(series);
  }

  /**
   * SHA-256 of what goes over the wire: PDVs are even (PS3.8 9.3.5.1), so a NUL fills up odd ones.
   */
  String wireDigest() throws IOException {
    ByteSource file = ByteSource.of(path);
    try (DicomInputStream in = DicomInputStream.of(file)) {
      if ((file.size() - in.dataSetOffset()) % 2 == 0) {
        return digest;
      }
      byte[] bytes = Files.readAllBytes(path);
      return digest(ByteSource.of(Arrays.copyOf(bytes, bytes.length + 1)));
    }
  }

  /** SHA-256 of what follows the file meta information. */
  static String digest(ByteSource part10) throws IOException {
    try (DicomInputStream in = DicomInputStream.of(part10)) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      try (InputStream dataSet = new DigestInputStream(part10.open(in.dataSetOffset(), -1), sha)) {
        dataSet.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
