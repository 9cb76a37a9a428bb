package org.regionalpacs.intake;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file being received. The data set is appended behind a gap of {@link FileHeader#SIZE} bytes, in
 * which the header is written when the data set has told who it is. Closing deletes the file's
 * temporary name.
 */
final class PartFile implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);
  static final String SUFFIX = ".part";

  private final Path path;
  private final FileChannel channel;
  private final boolean flush;
  private final MessageDigest sha256;
  private long dataSetLength;

  private PartFile(Path path, FileChannel channel, boolean flush) {
    this.path = path;
    this.channel = channel;
    this.flush = flush;
    this.sha256 = sha256();
  }

  static PartFile create(Path folder, UUID receptionId, Sync sync) throws IOException {
    Path path = folder.resolve(receptionId + SUFFIX);
    Set<OpenOption> options =
        switch (sync) {
          case FSYNC, NONE -> Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          case DSYNC ->
              Set.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.DSYNC);
        };
    FileChannel channel = FileChannel.open(path, options);
    return new PartFile(path, channel, sync == Sync.FSYNC);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  Path path() {
    return path;
  }

  long dataSetLength() {
    return dataSetLength;
  }

  /** Appends bytes of the data set. */
  void append(byte[] buffer, int length) throws IOException {
    sha256.update(buffer, 0, length);
    write(ByteBuffer.wrap(buffer, 0, length), FileHeader.SIZE + dataSetLength);
    dataSetLength += length;
  }

  /** SHA-256 of the data set; ends the appending. */
  byte[] digest() {
    return sha256.digest();
  }

  /**
   * Writes the header into its gap and waits until all is on the disk.
   *
   * @param received becomes the file's time: a later one says that the same was stored again
   */
  void complete(byte[] header, Instant received) throws IOException {
    write(ByteBuffer.wrap(header), 0);
    Files.setLastModifiedTime(path, FileTime.from(received));
    if (flush) {
      channel.force(true);
    }
  }

  private void write(ByteBuffer bytes, long position) throws IOException {
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /** Failing to clean up doesn't make a received object fail; the next start tries again. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("Temporary file {} stays: {}", path, e.toString());
    }
  }
}
