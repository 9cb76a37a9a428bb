package org.regionalpacs.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which object a data set is. */
final class HeaderReader {
  private static final Logger LOG = LoggerFactory.getLogger(HeaderReader.class);

  /** No value of an identity is longer; PS3.5 6.2 allows 64 characters. */
  private static final int LONGEST_VALUE = 1024;

  /** Root of the native transfer syntaxes and of their relatives that the parser knows. */
  private static final String STANDARD = "1.2.840.10008.1.2";

  private HeaderReader() {}

  /**
   * Reads just the beginning of a data set, up to (0020,000E).
   *
   * @return empty when it can't be read so
   */
  static Optional<Identity> glance(InputStream dataSet, String transferSyntax) {
    return read(dataSet, transferSyntax, Tag.SeriesInstanceUID + 1);
  }

  /**
   * Reads a received data set once more, for those whose beginning did not tell: elements out of
   * order, or a private transfer syntax, which may be implicit.
   *
   * @return empty when it can't be read either
   */
  static Optional<Identity> study(Path file, String transferSyntax) throws IOException {
    return study(file, FileHeader.SIZE, transferSyntax);
  }

  /**
   * The same of any file.
   *
   * @param offset where the data set begins
   */
  static Optional<Identity> study(Path file, int offset, String transferSyntax) throws IOException {
    Optional<Identity> asNamed = readFile(file, offset, transferSyntax);
    if (transferSyntax.startsWith(STANDARD) || asNamed.filter(Identity::isComplete).isPresent()) {
      return asNamed;
    }
    Optional<Identity> implicit = readFile(file, offset, UID.ImplicitVRLittleEndian);
    return implicit.filter(Identity::isComplete).or(() -> asNamed).or(() -> implicit);
  }

  private static Optional<Identity> readFile(Path file, int offset, String transferSyntax)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(offset);
      return read(in, transferSyntax, Tag.PixelData);
    }
  }

  private static Optional<Identity> read(InputStream dataSet, String transferSyntax, int stopTag) {
    try (DicomInputStream in = DicomInputStream.ofDataSet(dataSet, transferSyntax)) {
      in.keepOnly(Identity::needs).bulkDataThreshold(LONGEST_VALUE);
      return readUntil(in, stopTag);
    } catch (IOException | RuntimeException e) {
      LOG.debug("Header not readable as {}: {}", transferSyntax, e.toString());
      return Optional.empty();
    }
  }

  private static Optional<Identity> readUntil(DicomInputStream in, int stopTag) {
    try {
      return Optional.of(Identity.of(in.readDataSetUntil(stopTag)));
    } catch (IOException | RuntimeException e) {
      // Whether sender, disk or content is to blame, the caller sees from the stream.
      LOG.debug("Data set ends or breaks early: {}", e.toString());
      return Optional.of(Identity.of(in.readSoFar())).filter(Identity::isComplete);
    }
  }
}
