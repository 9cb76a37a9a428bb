package org.regionalpacs.consumer.archiver;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
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
import org.regionalpacs.storage.OtherNodes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Copies one object into the archive, with its manifest beside it. The digest is compared before
 * anything is stored: what differs from what intake received never gets into the archive.
 */
@Component
class ArchiveCopy {
  private final OnlineFiles online;
  private final OtherNodes others;
  private final BlobStore archive;

  ArchiveCopy(OnlineFiles online, ObjectProvider<OtherNodes> others, BlobStore archive) {
    this.online = online;
    this.others = others.getIfAvailable(() -> OtherNodes.NONE);
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
      Optional<Path> file = online.resolve(message.node(), message.filePath());
      byte[] manifest = ArchiveManifest.of(message).json();
      String id =
          file.isPresent()
              ? copyOfFile(message, file.get(), manifest)
              : copyOfOtherNodes(message, manifest);
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

  private String copyOfFile(StorageMessage message, Path file, byte[] manifest)
      throws IOException, UnusableRecordException {
    if (!Files.isRegularFile(file)) {
      throw new UnusableRecordException("the file is gone: " + message.filePath());
    }
    requireDigest(message, file);
    return name(message).storeIn(archive, file, manifest);
  }

  /** The digest is computed as the bytes pass: the store keeps nothing when they are wrong. */
  private String copyOfOtherNodes(StorageMessage message, byte[] manifest)
      throws IOException, UnusableRecordException {
    try {
      return name(message)
          .storeIn(archive, () -> ofOtherNode(message), message.fileSize(), manifest);
    } catch (IOException e) {
      Optional<UnusableContentException> unusable = UnusableContentException.in(e);
      if (unusable.isPresent()) {
        throw new UnusableRecordException(unusable.get().getMessage(), e);
      }
      throw e;
    }
  }

  private InputStream ofOtherNode(StorageMessage message) throws IOException {
    InputStream file =
        others
            .open(Places.location(message), 0, message.fileSize())
            .orElseThrow(() ->
                new UnusableContentException(
                    "the file is gone from node %s: %s"
                        .formatted(message.node(), message.filePath())));
    return new ComparedStream(file, message);
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
