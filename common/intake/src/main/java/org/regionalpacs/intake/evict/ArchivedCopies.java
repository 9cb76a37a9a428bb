package org.regionalpacs.intake.evict;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.intake.NotTheObjectException;
import org.regionalpacs.intake.OnlineObjects;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.storage.ContentDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads archived copies back and compares them with what was received. */
final class ArchivedCopies {
  private static final Logger LOG = LoggerFactory.getLogger(ArchivedCopies.class);
  private static final int BUFFER = 128 * 1024;

  private final Archives archives;
  private final OnlineObjects.Pace pace;

  ArchivedCopies(Archives archives, OnlineObjects.Pace pace) {
    this.archives = archives;
    this.pace = pace;
  }

  /** Does something with the bytes of a copy, from the first to the last. */
  interface Use<T> {
    /**
     * @throws NotTheObjectException when they aren't those of the object
     */
    T of(InputStream content) throws IOException;
  }

  /**
   * What became of an attempt with the copies of an object.
   *
   * @param result of the first that could be used
   * @param refusal why none could
   * @param bad copies that are not the object, or not there, with what is wrong with each
   */
  record Outcome<T>(
      Optional<T> result, Optional<Refusal> refusal, Map<ObjectLocation, Refusal> bad) {}

  /**
   * Reads an object's copies back, whole, until one is found to be it.
   *
   * @throws IOException when an archive couldn't be asked and no other copy was whole
   */
  Outcome<Boolean> verify(NodeObject object) throws IOException {
    return use(
        object,
        content -> {
          requireSame(object, content);
          return true;
        });
  }

  /**
   * Uses the first copy that can be used.
   *
   * @throws IOException when an archive couldn't be asked and no other copy could be used, or the
   *     use itself failed
   */
  <T> Outcome<T> use(NodeObject object, Use<T> use) throws IOException {
    Optional<Refusal> refusal = Optional.of(Refusal.NOT_ARCHIVED);
    Optional<IOException> unasked = Optional.empty();
    Map<ObjectLocation, Refusal> bad = new LinkedHashMap<>();
    for (ObjectLocation copy : object.archived()) {
      try {
        BlobStore store = archives.named(copy.store());
        try (InputStream content = store.get(copy.blobId(), copy.offset(), copy.length())) {
          if (copy.length() != object.length()) {
            throw new NotTheObjectException("it has " + copy.length() + " bytes");
          }
          return new Outcome<>(Optional.of(use.of(content)), Optional.empty(), bad);
        }
      } catch (BlobMissingException e) {
        tell(object, copy, "is gone");
        refusal = Optional.of(Refusal.COPY_GONE);
        bad.put(copy, Refusal.COPY_GONE);
      } catch (NotTheObjectException | BlobCorruptException | EOFException e) {
        tell(object, copy, "is not what was received: " + e.getMessage());
        refusal = Optional.of(Refusal.COPY_DAMAGED);
        bad.put(copy, Refusal.COPY_DAMAGED);
      } catch (BlobStoreUnreachableException e) {
        unasked = Optional.of(e);
      }
    }
    if (unasked.isPresent()) {
      throw unasked.get();
    }
    return new Outcome<>(Optional.empty(), refusal, bad);
  }

  private static void tell(NodeObject object, ObjectLocation copy, String what) {
    LogLine.of(LOG.atError(), object)
        .log(
            "{}: the copy of {} (reception {}) in archive {}, {}, {}",
            object.reception().tenant(),
            object.reception().sop(),
            object.reception().receptionId(),
            copy.store(),
            copy.blobId(),
            what);
  }

  private void requireSame(NodeObject object, InputStream content) throws IOException {
    byte[] header = content.readNBytes(object.dataSetOffset());
    pace.read(header.length);
    MessageDigest sha256 = ContentDigest.sha256();
    byte[] buffer = new byte[BUFFER];
    long length = header.length;
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      sha256.update(buffer, 0, count);
      length += count;
      pace.read(count);
    }
    String digest = ContentDigest.hex(sha256);
    if (length != object.length() || !digest.equals(object.digest())) {
      throw new NotTheObjectException(length + " bytes, digest " + digest);
    }
    requireSameHeader(object, header);
  }

  private static void requireSameHeader(NodeObject object, byte[] header) throws IOException {
    Attributes meta;
    try (DicomInputStream in = DicomInputStream.of(ByteSource.of(header))) {
      meta = in.fileMeta().orElseThrow(() -> new NotTheObjectException("no file meta information"));
    } catch (NotTheObjectException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new NotTheObjectException("file meta information: " + e.getMessage());
    }
    if (!meta.getString(Tag.MediaStorageSOPInstanceUID, "").equals(object.reception().sop())
        || !meta.getString(Tag.TransferSyntaxUID, "").equals(object.transferSyntax())) {
      throw new NotTheObjectException("the file meta information of another object");
    }
  }
}
