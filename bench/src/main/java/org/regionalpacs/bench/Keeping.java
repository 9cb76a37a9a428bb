package org.regionalpacs.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.dicom.net.StoreHandler;
import org.regionalpacs.dicom.net.StoreRequest;
import org.regionalpacs.dicom.net.StoreResult;

/** Writes what it receives into Part 10 files of one folder, without fsync. */
final class Keeping implements StoreHandler {
  /** As the product's intake. */
  private static final int BUFFER = 128 * 1024;

  /** How much is done to an object besides. */
  enum Care {
    /** The bytes are written: what DCMTK's storescp +B does. */
    PLAIN,
    /** As the product's intake: SHA-256, a temporary name, and a rename. */
    DIGEST
  }

  private final Path folder;
  private final Care care;
  private final ConcurrentLinkedQueue<byte[]> buffers = new ConcurrentLinkedQueue<>();

  Keeping(Path folder, Care care) {
    this.folder = folder;
    this.care = care;
  }

  @Override
  public StoreResult store(StoreRequest request, InputStream dataSet) throws IOException {
    String instance = request.sopInstance().orElseThrow();
    Path file = folder.resolve("CT." + instance);
    switch (care) {
      case PLAIN -> write(request, dataSet, file);
      case DIGEST -> {
        Path part = folder.resolve(instance + ".part");
        digest(request, dataSet, part);
        Files.move(part, file);
      }
    }
    return StoreResult.success();
  }

  private void digest(StoreRequest request, InputStream dataSet, Path part) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      write(request, new DigestInputStream(dataSet, sha256), part);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void write(StoreRequest request, InputStream dataSet, Path file) throws IOException {
    byte[] buffer = buffers.poll();
    if (buffer == null) {
      buffer = new byte[BUFFER];
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(head(request));
      int count;
      while ((count = dataSet.readNBytes(buffer, 0, buffer.length)) > 0) {
        out.write(buffer, 0, count);
      }
    } finally {
      buffers.add(buffer);
    }
  }

  /** Preamble and file meta information. */
  private static byte[] head(StoreRequest request) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(512);
    DicomOutputStream.writeFileMeta(
        FileMeta.of(
            request.sopClass().orElseThrow(),
            request.sopInstance().orElseThrow(),
            request.transferSyntax()),
        head);
    return head.toByteArray();
  }
}
