package org.regionalpacs.consumer.archiver;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.regionalpacs.consumer.DataSetDigest;
import org.regionalpacs.consumer.Places;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.consumer.UnusableRecordException;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.storage.ArchiveName;
import org.regionalpacs.storage.BlobCollisionException;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.OnlineFiles;
import org.springframework.stereotype.Component;

/**
 * Copies one object into the archive, with its manifest beside it. The digest is compared before
 * anything is stored: what differs from what intake received never gets into the archive.
 */
@Component
class ArchiveCopy {
  private final OnlineFiles online;
  private final BlobStore archive;

  ArchiveCopy(OnlineFiles online, BlobStore archive) {
    this.online = online;
    this.archive = archive;
  }

  /** The archive's name in locations. */
  String store() {
    return archive.name();
  }

  /** Whether nobody would find a copy that isn't recorded. */
  boolean choosesIds() {
    return !archive.keepsNames();
  }

  /**
   * Finds a copy that was made before.
   *
   * @param id what the archive called it
   * @return empty when it isn't there, or isn't of this object as a whole
   * @throws IOException when nobody can tell now
   */
  Optional<PlacedObject> find(StorageRecord record, String id) throws IOException {
    StorageMessage message = record.message();
    try {
      byte[] manifest = name(message).readManifest(archive, id);
      return Arrays.equals(manifest, ArchiveManifest.of(message).json())
          ? Optional.of(placed(message, id))
          : Optional.empty();
    } catch (BlobMissingException
        | BlobCorruptException
        | EOFException
        | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private PlacedObject placed(StorageMessage message, String id) throws IOException {
    return new PlacedObject(
        Places.reception(message),
        new ObjectLocation(archive.name(), "", id, 0, message.fileSize()),
        archive.blockList(id));
  }

  /**
   * Copies the object, or finds it copied.
   *
   * @return where it is, with the list of its blocks where the archive keeps it in blocks
   * @throws UnusableRecordException when its bytes are not those that were received
   * @throws IOException when it may be copied later
   */
  PlacedObject copy(StorageRecord record) throws IOException, UnusableRecordException {
    StorageMessage message = record.message();
    try {
      Path file = file(message);
      requireDigest(message, file);
      String id = name(message).storeIn(archive, file, ArchiveManifest.of(message).json());
      return placed(message, id);
    } catch (IllegalArgumentException | BlobCollisionException e) {
      throw new UnusableRecordException(e.getMessage(), e);
    }
  }

  /**
   * Removes what a crash may have left between the copy of an object and the record of its place.
   * Where the archive chooses ids nobody knows that one; it lists what may be left itself.
   */
  void remove(StorageRecord record) throws IOException {
    if (!archive.keepsNames()) {
      return;
    }
    try {
      name(record.message()).deleteFrom(archive, name(record.message()).object());
    } catch (IllegalArgumentException e) {
      // With such UIDs it never was copied.
    }
  }

  private Path file(StorageMessage message) throws IOException, UnusableRecordException {
    Path file =
        online
            .resolve(message.node(), message.filePath())
            .orElseThrow(
                () -> new IOException("the file is on node " + message.node() + ", not here"));
    if (!Files.isRegularFile(file)) {
      throw new UnusableRecordException("the file is gone: " + message.filePath());
    }
    return file;
  }

  private static void requireDigest(StorageMessage message, Path file)
      throws IOException, UnusableRecordException {
    long size = Files.size(file);
    if (size != message.fileSize()) {
      throw new UnusableRecordException(
          "the file has " + size + " bytes, not the " + message.fileSize() + " received");
    }
    String digest = DataSetDigest.of(ByteSource.of(file), message.dataSetOffset());
    if (!digest.equals(message.digest())) {
      throw new UnusableRecordException(
          "the file's digest is " + digest + ", not the received " + message.digest());
    }
  }

  private static ArchiveName name(StorageMessage message) {
    return new ArchiveName(
        message.tenant(),
        message.study(),
        message.series(),
        message.sopInstance(),
        message.receptionId());
  }
}
