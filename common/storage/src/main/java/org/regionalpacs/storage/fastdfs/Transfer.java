package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.csource.fastdfs.DownloadCallback;
import org.regionalpacs.storage.BlobCorruptException;

/**
 * One attempt to bring a range into a pipe. What one storage breaks off the next one goes on with.
 * When the reader stays away for long it ends without a failure, and is begun again for it.
 */
final class Transfer implements DownloadCallback {
  private final String store;
  private final FileId file;
  private final long offset;
  private final long length;
  private final Pipe pipe;
  private final Duration patience;
  private long received;
  private long wanted;
  private long announced;
  private boolean unwanted;
  private volatile Optional<IOException> failure = Optional.of(new IOException("it broke off"));

  Transfer(String store, FileId file, long offset, long length, Pipe pipe, Duration patience) {
    this.store = store;
    this.file = file;
    this.offset = offset;
    this.length = length;
    this.pipe = pipe;
    this.patience = patience;
  }

  Pipe pipe() {
    return pipe;
  }

  /** Why it ended early, to be asked when the pipe is drained. */
  Optional<IOException> failure() {
    return failure;
  }

  /** Runs to the end of the range, or of the attempt. */
  void run(Client client, Replicas replicas) {
    try {
      replicas.ask(
          client,
          file,
          storage -> {
            download(client, storage);
            return true;
          });
      failure = Optional.empty();
    } catch (IOException e) {
      failure = Optional.of(e);
    } finally {
      pipe.end();
    }
  }

  private void download(Client client, HostPort storage) throws IOException {
    wanted = length - received;
    announced = wanted;
    try {
      client.download(storage, file, offset + received, wanted, this);
    } catch (StatusException e) {
      throw e.status() == StatusException.INVALID ? shorter(storage, 0) : e;
    }
    if (unwanted) {
      return;
    }
    if (announced != wanted || received != length) {
      throw shorter(storage, announced);
    }
  }

  private BlobCorruptException shorter(HostPort storage, long bytes) {
    return new BlobCorruptException(
        store,
        file.toString(),
        "storage %s has %d bytes at %d, not %d"
            .formatted(storage, bytes, offset + received, length - received));
  }

  @Override
  public int recv(long bodyLength, byte[] bytes, int count) {
    announced = bodyLength;
    if (bodyLength != wanted) {
      return Client.ENOUGH;
    }
    try {
      if (pipe.write(bytes, count, patience)) {
        received += count;
        return 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    unwanted = true;
    return Client.ENOUGH;
  }
}
