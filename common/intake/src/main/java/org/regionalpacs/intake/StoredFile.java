package org.regionalpacs.intake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the online store, read from itself.
 *
 * @param path the file
 * @param header what its file meta information says
 * @param dataSetOffset where its data set begins
 */
record StoredFile(Path path, FileHeader header, int dataSetOffset) {
  private static final Logger LOG = LoggerFactory.getLogger(StoredFile.class);
  private static final int COPY_BUFFER = 128 * 1024;

  /**
   * Reads what a file says of itself. A file that another program put there has no seal; one is
   * made up from its bytes, the same at every reading.
   *
   * @return empty when it can't be read, is no DICOM file, or no longer as long as when received
   * @throws NoSuchFileException when it is gone
   */
  static Optional<StoredFile> read(Path path, String tenant) throws IOException {
    try (DicomInputStream in = DicomInputStream.ofFile(path)) {
      Optional<Attributes> fileMeta = in.fileMeta();
      if (fileMeta.isEmpty()) {
        return Optional.empty();
      }
      Attributes meta = fileMeta.get();
      int offset = Math.toIntExact(in.dataSetOffset());
      long length = Files.size(path) - offset;
      Optional<Seal> written = seal(meta);
      if (written.isPresent() && written.get().dataSetLength() != length) {
        return Optional.empty();
      }
      Seal seal = written.isPresent() ? written.get() : madeUp(path, offset, length, tenant);
      return Optional.of(new StoredFile(path, header(meta, seal), offset));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} can't be read: {}", path, e.toString());
      return Optional.empty();
    }
  }

  private static Optional<Seal> seal(Attributes meta) {
    if (!meta.getString(Tag.PrivateInformationCreatorUID, "").equals(FileHeader.PRIVATE_CREATOR)) {
      return Optional.empty();
    }
    return meta.getBytes(Tag.PrivateInformation).flatMap(Seal::decode);
  }

  private static FileHeader header(Attributes meta, Seal seal) {
    return new FileHeader(
        meta.getString(Tag.MediaStorageSOPClassUID, ""),
        meta.getString(Tag.MediaStorageSOPInstanceUID, ""),
        meta.getString(Tag.TransferSyntaxUID, ""),
        meta.getString(Tag.SourceApplicationEntityTitle, ""),
        meta.getString(Tag.ReceivingApplicationEntityTitle, ""),
        seal);
  }

  private static Seal madeUp(Path path, int offset, long length, String tenant) throws IOException {
    byte[] digest = digest(path, offset, _ -> {});
    Instant modified = Files.getLastModifiedTime(path).toInstant();
    return new Seal(
        receptionId(modified, digest),
        HexFormat.of().formatHex(digest),
        length,
        modified,
        Source.DIMSE,
        tenant);
  }

  /** A UUIDv7 (RFC 9562 5.7) whose random part is taken from the content. */
  private static UUID receptionId(Instant time, byte[] digest) {
    ByteBuffer random = ByteBuffer.wrap(digest);
    long high = time.toEpochMilli() << 16 | 0x7000L | random.getLong() & 0xFFF;
    long low = random.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** SHA-256 of what follows the offset: of nothing when the file ends before it. */
  static byte[] digest(Path path, int offset, OnlineObjects.Pace pace) throws IOException {
    MessageDigest sha256 = PartFile.sha256();
    byte[] buffer = new byte[COPY_BUFFER];
    try (InputStream in = Files.newInputStream(path)) {
      skip(in, offset);
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        sha256.update(buffer, 0, count);
        pace.read(count);
      }
    }
    return sha256.digest();
  }

  private static void skip(InputStream in, int offset) throws IOException {
    try {
      in.skipNBytes(offset);
    } catch (EOFException e) {
      // It was cut.
    }
  }

  /**
   * Whether its data set is what its header says; all of it is read. What can't be read, because
   * the disk fails there, is not whole.
   *
   * @throws NoSuchFileException when it is gone
   */
  boolean isWhole() throws NoSuchFileException {
    try {
      byte[] digest = digest(path, dataSetOffset, _ -> {});
      return HexFormat.of().formatHex(digest).equals(header.seal().digest());
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      LOG.warn("{} can't be read: {}", path, e.toString());
      return false;
    }
  }

  /** Whether it holds that object: same SOP Instance UID, transfer syntax and digest. */
  boolean holdsSameAs(FileHeader other) {
    return header.sopInstance().equals(other.sopInstance())
        && header.transferSyntax().equals(other.transferSyntax())
        && header.seal().digest().equals(other.seal().digest());
  }
}
