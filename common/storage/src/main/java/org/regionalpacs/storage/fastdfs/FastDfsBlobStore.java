package org.regionalpacs.storage.fastdfs;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobName;
import org.regionalpacs.storage.BlobStore;

/**
 * Blobs as files of a FastDFS cluster, under the ids that it gives them: names only provide the
 * extension. Every upload's id is checked by size and CRC32, every operation has a deadline, and
 * status 2 alone is never taken for proof that a file is missing ({@link Absence}). A retried
 * upload whose first outcome is unknown may leave a second file; these are listed in an {@link
 * OrphanJournal}.
 */
public final class FastDfsBlobStore implements BlobStore {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String name;
  private final FastDfsProperties settings;
  private final Trackers trackers;
  private final FastDfsMetrics metrics;
  private final Spool spool;
  private final Uploader uploader;
  private final Attempts attempts;
  private final Reading reading;

  private FastDfsBlobStore(
      String name, FastDfsProperties settings, OrphanJournal orphans, MeterRegistry meters) {
    this.name = name;
    this.settings = settings;
    this.trackers = new Trackers(settings.trackerAddresses());
    this.metrics = new FastDfsMetrics(meters);
    this.spool = Spool.open(name, settings.spool(), settings.spoolLimit().toBytes());
    this.attempts = new Attempts(settings);
    Retries retries = new Retries(name, settings, metrics);
    this.uploader = new Uploader(name, settings, trackers, retries, orphans, metrics);
    this.reading =
        new Reading(
            name,
            settings,
            Attempts.atReading(settings),
            retries,
            new Replicas(name, settings, trackers),
            metrics,
            PATIENCE);
  }

  /**
   * What reading takes.
   *
   * @param patience how long a transfer waits for a reader that takes nothing, before it ends until
   *     the reader comes back
   */
  record Reading(
      String store,
      FastDfsProperties settings,
      Attempts attempts,
      Retries retries,
      Replicas replicas,
      FastDfsMetrics metrics,
      Duration patience) {}

  /**
   * Opens the store. The cluster isn't asked anything yet.
   *
   * @param name how locations call it
   * @throws IllegalStateException when the spool can't be used, saying why
   */
  public static FastDfsBlobStore open(
      String name, FastDfsProperties settings, OrphanJournal orphans, MeterRegistry meters) {
    return new FastDfsBlobStore(name, settings, orphans, meters);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean keepsNames() {
    return false;
  }

  @Override
  public StoredBlob put(String blob, InputStream content, long length) throws IOException {
    BlobName.require(blob);
    return metrics.timed("put", () -> spool.with(content, length, source -> upload(blob, source)));
  }

  @Override
  public StoredBlob putFile(String blob, Path file) throws IOException {
    return putFile(blob, file, new byte[0]);
  }

  @Override
  public StoredBlob putFile(String blob, Path file, byte[] tail) throws IOException {
    BlobName.require(blob);
    return metrics.timed(
        "put", () -> upload(blob, new Source.OnDisk(file, Files.size(file), tail)));
  }

  @Override
  public StoredBlob putBytes(String blob, byte[] bytes, int length) throws IOException {
    BlobName.require(blob);
    return metrics.timed("put", () -> upload(blob, new Source.Memory(bytes, length)));
  }

  private StoredBlob upload(String blob, Source source) throws IOException {
    return new StoredBlob(uploader.upload(blob, source).toString(), source.size());
  }

  @Override
  public InputStream get(String id, long offset, long length) throws IOException {
    FileId file = FileId.parse(id);
    long wanted = length < 0 ? file.size() - offset : length;
    if (offset < 0 || wanted < 0 || wanted > file.size() - offset) {
      throw new EOFException("bytes " + offset + " to " + (offset + wanted) + " of " + file.size());
    }
    return metrics.timed("get", () -> wanted == 0 ? nothing(file) : open(file, offset, wanted));
  }

  /** A file of no bytes can't be downloaded, but it must be there. */
  private InputStream nothing(FileId file) throws IOException {
    size(file);
    return InputStream.nullInputStream();
  }

  private InputStream open(FileId file, long offset, long length) throws IOException {
    DownloadStream stream = new DownloadStream(reading, file, offset, length);
    stream.prime();
    return stream;
  }

  @Override
  public Optional<StoredBlob> stat(String id) throws IOException {
    FileId file = FileId.parse(id);
    try {
      return Optional.of(new StoredBlob(id, metrics.timed("stat", () -> size(file))));
    } catch (BlobMissingException e) {
      return Optional.empty();
    }
  }

  private long size(FileId file) throws IOException {
    Deadline deadline = settings.forRead();
    return reading
        .retries()
        .run(
            "stat",
            deadline,
            _ ->
                reading
                    .attempts()
                    .run(
                        deadline,
                        client ->
                            reading
                                .replicas()
                                .ask(
                                    client,
                                    file,
                                    storage -> requireSize(file, client.size(storage, file)))));
  }

  private long requireSize(FileId file, long size) throws BlobCorruptException {
    if (size != file.size()) {
      throw new BlobCorruptException(name, file.toString(), "it has " + size + " bytes");
    }
    return size;
  }

  @Override
  public void delete(String id) throws IOException {
    FileId file = FileId.parse(id);
    Deadline deadline = settings.deadlineFor(0);
    metrics.timed(
        "delete",
        () ->
            reading
                .retries()
                .run(
                    "delete",
                    deadline,
                    _ -> attempts.run(deadline, client -> delete(client, file))));
  }

  /**
   * Deletes on the storage that the tracker names, else on any that has it: each passes it on.
   *
   * @return whether there was something to delete
   */
  private boolean delete(Client client, FileId file) throws IOException {
    try {
      client.delete(trackers.ask(tracker -> client.updateStorage(tracker, file)), file);
      return true;
    } catch (IOException e) {
      // One storage's word or silence isn't the last.
    }
    try {
      return reading
          .replicas()
          .ask(
              client,
              file,
              storage -> {
                client.delete(storage, file);
                return true;
              });
    } catch (BlobMissingException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "FastDfsBlobStore[" + name + " at " + settings.trackers() + "]";
  }
}
