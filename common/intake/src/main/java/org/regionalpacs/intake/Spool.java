package org.regionalpacs.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.io.ByteSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pieces of objects that wait, one behind the other, in a temporary file of the online store's
 * volume until an object can be made of them; the space that they take is claimed like a
 * reception's. Closing deletes it; that of a killed process is deleted by the next that starts. Of
 * one thread.
 */
public final class Spool implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final Path path;
  private final FileChannel channel;
  private final FreeSpace.Claim space;
  private final BufferPool buffers;
  private long size;

  private Spool(Path path, FileChannel channel, FreeSpace.Claim space, BufferPool buffers) {
    this.path = path;
    this.channel = channel;
    this.space = space;
    this.buffers = buffers;
  }

  static Spool create(Path folder, FreeSpace.Claim space, BufferPool buffers) throws IOException {
    Path path = folder.resolve(UUID.randomUUID() + PartFile.SUFFIX);
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new Spool(path, channel, space, buffers);
    } catch (IOException e) {
      space.close();
      throw e;
    }
  }

  /**
   * Appends a piece.
   *
   * @param piece read to its end, not closed
   * @return where it is in {@link #bytes()}
   * @throws IntakeException when there is no room for it
   * @throws IOException when the piece itself can't be read
   */
  public BulkData append(InputStream piece) throws IntakeException, IOException {
    long start = size;
    byte[] buffer = buffers.take();
    try {
      int filled = piece.readNBytes(buffer, 0, buffer.length);
      while (filled > 0) {
        write(ByteBuffer.wrap(buffer, 0, filled));
        filled = piece.readNBytes(buffer, 0, buffer.length);
      }
    } finally {
      buffers.give(buffer);
    }
    return new BulkData(start, size - start);
  }

  private void write(ByteBuffer bytes) throws IntakeException {
    try {
      int count = bytes.remaining();
      while (bytes.hasRemaining()) {
        size += channel.write(bytes, size);
      }
      space.wrote(count);
    } catch (IOException e) {
      throw Intake.outOfResources(e);
    }
  }

  /** All pieces; valid until this is closed. */
  public ByteSource bytes() {
    return ByteSource.of(path);
  }

  @Override
  public void close() {
    try (space;
        channel) {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("Temporary file {} stays: {}", path, e.toString());
    }
  }
}
