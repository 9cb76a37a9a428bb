package org.regionalpacs.consumer.rebuild;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.consumer.StorageMessages;
import org.regionalpacs.consumer.UnusableRecordException;
import org.regionalpacs.consumer.archiver.ArchiveManifest;
import org.regionalpacs.consumer.converter.RenditionManifest;
import org.regionalpacs.index.RebuildList.Copy;
import org.regionalpacs.index.RebuildList.Reception;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.index.Tombstones;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.UnreadableMessageException;
import org.regionalpacs.storage.ArchiveListing.Listed;
import org.regionalpacs.storage.ArchiveName;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStore.StoredBlob;
import org.regionalpacs.storage.BlobStoreUnreachableException;

/** Finds out what an archived object is. */
final class ArchivedObjectReader {
  private static final MessageCodec<StorageMessage> MESSAGES =
      MessageCodec.of(StorageMessage.class);

  private final String node;
  private final Tombstones tombstones;

  /**
   * @param node id of the node that is to get the files of evicted objects
   */
  ArchivedObjectReader(String node, Tombstones tombstones) {
    this.node = node;
    this.tombstones = tombstones;
  }

  /**
   * Reads what is behind an id.
   *
   * @param known what the list has of the object, which needs no manifest if it is online
   * @throws IOException when the archive can't be read
   */
  ArchivedObject read(BlobStore archive, Listed listed, Optional<Reception> known)
      throws IOException {
    try {
      Optional<Reception> online = known.filter(Reception::online);
      return online.isPresent()
          ? ofOnline(archive, listed, MESSAGES.decode(utf8(online.get().message())))
          : described(archive, listed);
    } catch (BlobStoreUnreachableException e) {
      return new ArchivedObject.Away(why(archive, listed, e));
    } catch (BlobMissingException e) {
      return archive.keepsNames() ? unusable(archive, listed, e) : new ArchivedObject.Gone();
    } catch (BlobCorruptException
        | EOFException
        | IllegalArgumentException
        | UnreadableMessageException
        | UnusableRecordException e) {
      return unusable(archive, listed, e);
    } catch (IOException e) {
      if (archive.keepsNames()) {
        return unusable(archive, listed, e);
      }
      throw e;
    }
  }

  private static ArchivedObject ofOnline(BlobStore archive, Listed listed, StorageMessage message)
      throws IOException {
    Optional<String> otherSize = otherSize(archive, listed, message.fileSize());
    if (otherSize.isPresent()) {
      return new ArchivedObject.Unusable(otherSize.get() + "; it is online");
    }
    return isDescribed(archive, listed)
        ? new ArchivedObject.Known(copy(archive, listed, message.fileSize()))
        : new ArchivedObject.NotDescribed();
  }

  /** Who stored the copy may have died before it stored what stands beside it. */
  private static boolean isDescribed(BlobStore archive, Listed listed) throws IOException {
    if (!archive.keepsNames()) {
      return true;
    }
    try {
      byte[] manifest = name(archive, listed).readManifest(archive, listed.blobId());
      return listed.id().equals(ArchiveManifest.read(manifest).receptionId());
    } catch (BlobMissingException | UnreadableMessageException e) {
      return false;
    }
  }

  private ArchivedObject described(BlobStore archive, Listed listed)
      throws IOException, UnusableRecordException {
    byte[] manifest = name(archive, listed).readManifest(archive, listed.blobId());
    Optional<RenditionManifest> rendition = RenditionManifest.read(manifest);
    if (rendition.isPresent()) {
      requireOwn(listed, rendition.get().tenant(), rendition.get().rendition());
      long size = rendition.get().size();
      return otherSize(archive, listed, size).isPresent()
          ? new ArchivedObject.Gone()
          : new ArchivedObject.OfRendition(copy(archive, listed, size), manifest);
    }
    ArchiveManifest of = ArchiveManifest.read(manifest);
    StorageMessage message = StorageMessages.complete(of.message(node, path(of)));
    requireOwn(listed, message.tenant(), message.receptionId());
    Optional<String> otherSize = otherSize(archive, listed, message.fileSize());
    if (otherSize.isPresent()) {
      return isDead(message)
          ? new ArchivedObject.Dead()
          : new ArchivedObject.Unusable(otherSize.get() + "; it isn't online");
    }
    return new ArchivedObject.Described(
        copy(archive, listed, message.fileSize()), MESSAGES.encode(message));
  }

  private static void requireOwn(Listed listed, String tenant, UUID id) {
    if (!listed.tenant().equals(tenant) || !listed.id().equals(id)) {
      throw new UnreadableMessageException("its manifest is another object's");
    }
  }

  /** Why it isn't the whole object; that is told where it costs no transfer. */
  private static Optional<String> otherSize(BlobStore archive, Listed listed, long size)
      throws IOException {
    if (!archive.keepsNames()) {
      return Optional.empty();
    }
    Optional<StoredBlob> blob = archive.stat(listed.blobId());
    if (blob.isEmpty()) {
      return Optional.of(
          "archive %s has no %s, only its manifest".formatted(archive.name(), listed.blobId()));
    }
    return blob.get().size() == size
        ? Optional.empty()
        : Optional.of(
            "archive %s has %d bytes of %s, not %d"
                .formatted(archive.name(), blob.get().size(), listed.blobId(), size));
  }

  /** A name that no other version has, nor will get. */
  private static String path(ArchiveManifest object) {
    return String.join("/", object.tenant(), object.study(), object.series(), object.sopInstance())
        + "."
        + object.receptionId()
        + ".dcm";
  }

  private boolean isDead(StorageMessage message) {
    return !tombstones
        .dead(
            List.of(
                new ReceptionKey(
                    message.tenant(),
                    message.study(),
                    message.series(),
                    message.sopInstance(),
                    message.receptionId())))
        .isEmpty();
  }

  private static ArchiveName name(BlobStore archive, Listed listed) {
    if (!archive.keepsNames()) {
      return new ArchiveName(listed.tenant(), "", "", "", listed.id());
    }
    String[] parts = listed.blobId().split("/");
    return new ArchiveName(parts[0], parts[1], parts[2], parts[3], listed.id());
  }

  private static Copy copy(BlobStore archive, Listed listed, long length) throws IOException {
    return new Copy(
        listed.tenant(),
        listed.id(),
        archive.name(),
        listed.blobId(),
        length,
        archive.blockList(listed.blobId()));
  }

  private static ArchivedObject unusable(BlobStore archive, Listed listed, Exception why) {
    return new ArchivedObject.Unusable(why(archive, listed, why));
  }

  private static String why(BlobStore archive, Listed listed, Exception why) {
    return "what archive %s has as %s can't be told: %s"
        .formatted(archive.name(), listed.blobId(), why.getMessage());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
