package org.regionalpacs.storage;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;

/**
 * What an archived object and the manifest beside it are called. In a store that chooses ids nobody
 * would find what is beside something, so there the manifest is in the object's blob, behind the
 * object: its bytes, 8 hexadecimal digits that say how many, and {@code MANIFEST}. Where the name
 * is in use by something else, which is a damaged copy then, the object is stored beside it, as
 * {@code <reception id>.2.dcm} and so on.
 *
 * @param tenant the hospital
 * @param study Study Instance UID
 * @param series Series Instance UID
 * @param sop SOP Instance UID
 * @param receptionId the object
 */
public record ArchiveName(
    String tenant, String study, String series, String sop, UUID receptionId) {
  private static final String MARK = "MANIFEST";
  private static final int FOOTER = 8 + MARK.length();

  /** So often an object is stored beside damaged copies of it. */
  private static final int MOST_COPIES = 9;

  /** Name of the object's file. */
  public String object() {
    return object(1);
  }

  private String object(int copy) {
    return stem(copy) + ".dcm";
  }

  /** Name of the manifest. */
  public String manifest() {
    return manifest(1);
  }

  private String manifest(int copy) {
    return stem(copy) + ".json";
  }

  private String stem(int copy) {
    String stem = String.join("/", tenant, study, series, sop, receptionId.toString());
    return copy == 1 ? stem : stem + "." + copy;
  }

  /**
   * Stores an object and what describes it.
   *
   * @return id of the blob that begins with the object
   * @throws IllegalArgumentException when these can't be names
   */
  public String storeIn(BlobStore archive, Path file, byte[] manifest) throws IOException {
    if (!archive.keepsNames()) {
      return archive.putFile(object(), file, tail(manifest)).id();
    }
    for (int copy = 1; ; copy++) {
      try {
        String id = archive.putFile(object(copy), file).id();
        archive.putBytes(manifest(copy), manifest, manifest.length);
        return id;
      } catch (BlobCollisionException e) {
        if (copy == MOST_COPIES) {
          throw e;
        }
      }
    }
  }

  /** The bytes of an object, from their beginning each time. */
  @FunctionalInterface
  public interface Content {
    /** Opens them. */
    InputStream open() throws IOException;
  }

  /**
   * Stores an object that isn't on this host's disk, and what describes it.
   *
   * @param size bytes of the object
   * @return id of the blob that begins with the object
   * @throws IllegalArgumentException when these can't be names
   */
  public String storeIn(BlobStore archive, Content content, long size, byte[] manifest)
      throws IOException {
    if (!archive.keepsNames()) {
      byte[] tail = tail(manifest);
      try (InputStream object = content.open();
          InputStream all = new SequenceInputStream(object, new ByteArrayInputStream(tail))) {
        return archive.put(object(), all, size + tail.length).id();
      }
    }
    for (int copy = 1; ; copy++) {
      try (InputStream object = content.open()) {
        String id = archive.put(object(copy), object, size).id();
        archive.putBytes(manifest(copy), manifest, manifest.length);
        return id;
      } catch (BlobCollisionException e) {
        if (copy == MOST_COPIES) {
          throw e;
        }
      }
    }
  }

  private static byte[] tail(byte[] manifest) {
    byte[] tail = Arrays.copyOf(manifest, manifest.length + FOOTER);
    byte[] footer = "%08x%s".formatted(manifest.length, MARK).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(footer, 0, tail, manifest.length, FOOTER);
    return tail;
  }

  /**
   * Reads what describes an object.
   *
   * @param objectId what the store calls the object
   */
  public byte[] readManifest(BlobStore archive, String objectId) throws IOException {
    if (archive.keepsNames()) {
      return read(archive, manifestOf(objectId), 0, -1);
    }
    long size =
        archive
            .stat(objectId)
            .orElseThrow(() -> new BlobMissingException(archive.name(), objectId))
            .size();
    if (size < FOOTER) {
      throw new EOFException("no manifest behind the object");
    }
    String footer =
        new String(read(archive, objectId, size - FOOTER, FOOTER), StandardCharsets.US_ASCII);
    if (!footer.matches("[0-9a-f]{8}" + MARK)) {
      throw new EOFException("no manifest behind the object");
    }
    int length = Integer.parseUnsignedInt(footer.substring(0, 8), 16);
    return read(archive, objectId, size - FOOTER - length, length);
  }

  private String manifestOf(String objectId) {
    for (int copy = 2; copy <= MOST_COPIES; copy++) {
      if (objectId.equals(object(copy))) {
        return manifest(copy);
      }
    }
    return manifest();
  }

  private static byte[] read(BlobStore archive, String id, long offset, long length)
      throws IOException {
    try (InputStream in = archive.get(id, offset, length)) {
      return in.readAllBytes();
    }
  }

  /**
   * Deletes the object, then its manifest: as long as there is anything, there is what describes
   * it. Damaged copies beside it go too.
   *
   * @param objectId what the store calls the object
   * @throws IOException when it is to be tried again later
   */
  public void deleteFrom(BlobStore archive, String objectId) throws IOException {
    if (!archive.keepsNames()) {
      archive.delete(objectId);
      return;
    }
    for (int copy = lastCopy(archive); copy > 1; copy--) {
      archive.delete(object(copy));
      archive.delete(manifest(copy));
    }
    archive.delete(object());
    archive.delete(objectId);
    archive.delete(manifest());
  }

  private int lastCopy(BlobStore archive) throws IOException {
    int last = 1;
    while (last < MOST_COPIES && archive.stat(object(last + 1)).isPresent()) {
      last++;
    }
    return last;
  }
}
