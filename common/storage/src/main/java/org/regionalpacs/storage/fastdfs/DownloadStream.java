package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobStoreUnreachableException;

/**
 * A range of a file, exactly: what breaks off is resumed at the byte that the reader has reached.
 * The CRC32 of a whole file is compared before its last bytes are given.
 */
final class DownloadStream extends InputStream {
  private static final int BUFFER = 128 * 1024;

  private final FastDfsBlobStore.Reading reading;
  private final FileId file;
  private final long offset;
  private final long length;
  private final CRC32 crc = new CRC32();
  private long reached;
  private int failures;
  private Transfer transfer;
  private Attempts.Running running;
  private Optional<IOException> over = Optional.empty();

  DownloadStream(FastDfsBlobStore.Reading reading, FileId file, long offset, long length) {
    this.reading = reading;
    this.file = file;
    this.offset = offset;
    this.length = length;
    start();
  }

  private void start() {
    Transfer next =
        new Transfer(
            reading.store(),
            file,
            offset + reached,
            length - reached,
            new Pipe(BUFFER),
            reading.patience());
    transfer = next;
    running =
        reading
            .attempts()
            .start(client -> {
              next.run(client, reading.replicas());
              return null;
            });
  }

  /** Waits until bytes are there, so that a missing file is known before anything is read. */
  void prime() throws IOException {
    await(reading.settings().forRead());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int at, int wanted) throws IOException {
    Objects.checkFromIndexSize(at, wanted, to.length);
    if (over.isPresent()) {
      throw new IOException(over.get().getMessage(), over.get());
    }
    if (wanted == 0 || reached == length) {
      return wanted == 0 ? 0 : -1;
    }
    await(reading.settings().forRead());
    int count = transfer.pipe().read(to, at, wanted);
    reached += count;
    failures = 0;
    crc.update(to, at, count);
    if (reached == length) {
      end();
    }
    return count;
  }

  /** Returns when there are bytes. */
  private void await(Deadline deadline) throws IOException {
    while (true) {
      boolean known;
      try {
        known = transfer.pipe().await(deadline);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw fail(new InterruptedIOException("interrupted"));
      }
      if (!known) {
        throw fail(new BlobStoreUnreachableException(reading.store(), "no bytes in time"));
      }
      if (!transfer.pipe().drained()) {
        return;
      }
      goOn(deadline);
    }
  }

  private void goOn(Deadline deadline) throws IOException {
    running.cancel();
    if (transfer.failure().isPresent()) {
      IOException failure = transfer.failure().get();
      failures++;
      if (!reading.retries().again(failures, failure, deadline)) {
        throw fail(reading.retries().meaning(failure));
      }
      reading.metrics().retried("get");
      reading.retries().pause(failures, deadline);
    }
    start();
  }

  private void end() throws IOException {
    running.cancel();
    reading.metrics().moved("in", length);
    if (offset == 0 && length == file.size() && (int) crc.getValue() != file.crc()) {
      throw fail(
          new BlobCorruptException(
              reading.store(),
              file.toString(),
              "its CRC32 is " + Long.toHexString(crc.getValue())));
    }
  }

  private IOException fail(IOException failure) {
    over = Optional.of(failure);
    stop();
    return failure;
  }

  private void stop() {
    running.cancel();
    transfer.pipe().end();
  }

  @Override
  public void close() {
    if (over.isEmpty()) {
      over = Optional.of(new IOException("closed"));
      stop();
    }
  }
}
