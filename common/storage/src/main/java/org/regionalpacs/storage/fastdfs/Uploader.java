package org.regionalpacs.storage.fastdfs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.regionalpacs.index.PossibleOrphan;
import org.regionalpacs.storage.BlobCorruptException;

/** Uploads a file, and believes only an id that holds its size and CRC32. */
final class Uploader {
  private static final int BUFFER = 64 * 1024;
  private static final long NOT_BEGUN = -1;

  /** Trackers name storages in turn, to all that ask. */
  private static final int MOST_PLACES = 10;

  private final String store;
  private final FastDfsProperties settings;
  private final Trackers trackers;
  private final Attempts attempts;
  private final Retries retries;
  private final OrphanJournal orphans;
  private final FastDfsMetrics metrics;

  Uploader(
      String store,
      FastDfsProperties settings,
      Trackers trackers,
      Retries retries,
      OrphanJournal orphans,
      FastDfsMetrics metrics) {
    this.store = store;
    this.settings = settings;
    this.trackers = trackers;
    this.attempts = new Attempts(settings);
    this.retries = retries;
    this.orphans = orphans;
    this.metrics = metrics;
  }

  /** Uploads; every try begins with a tracker, which may know meanwhile that a storage is full. */
  FileId upload(String name, Source source) throws IOException {
    Deadline deadline = settings.deadlineFor(source.size());
    try (OrphanJournal.Upload underWay = orphans.begin(name, source.size())) {
      FileId id = upload(name, source, deadline);
      underWay.stored(id.toString());
      return id;
    }
  }

  private FileId upload(String name, Source source, Deadline deadline) throws IOException {
    Set<HostPort> failed = new HashSet<>();
    return retries.run(
        "put",
        deadline,
        _ -> {
          Client.Place place = attempts.run(deadline, client -> place(client, failed));
          failed.add(place.storage());
          return upload(name, source, place, deadline);
        });
  }

  /** A place on a storage that hasn't failed yet, if the trackers name one soon. */
  private Client.Place place(Client client, Set<HostPort> failed) throws IOException {
    Client.Place place = ask(client);
    for (int i = 0; i < MOST_PLACES && failed.contains(place.storage()); i++) {
      place = ask(client);
    }
    return place;
  }

  private Client.Place ask(Client client) throws IOException {
    return trackers.ask(tracker -> client.place(tracker, settings.uploadGroup()));
  }

  private FileId upload(String name, Source source, Client.Place place, Deadline deadline)
      throws IOException {
    AtomicLong sent = new AtomicLong(NOT_BEGUN);
    CRC32 crc = new CRC32();
    String id;
    try {
      id =
          attempts.run(
              deadline,
              client ->
                  client.upload(
                      place, source.size(), extension(name), out -> send(source, out, crc, sent)));
    } catch (SourceFailedException | StatusException e) {
      // The storage drops what isn't whole, and an error status says that it kept nothing.
      throw e;
    } catch (IOException e) {
      if (sent.get() != NOT_BEGUN) {
        boolean whole = sent.get() == source.size();
        suspect(
            name,
            source,
            sent.get(),
            whole ? OptionalLong.of(crc.getValue()) : OptionalLong.empty(),
            place,
            Optional.empty(),
            e.getMessage());
      }
      throw e;
    }
    metrics.moved("out", source.size());
    return verified(id, (int) crc.getValue(), name, source, place);
  }

  private static int send(Source source, OutputStream out, CRC32 crc, AtomicLong sent)
      throws IOException {
    sent.set(0);
    try (InputStream content = open(source)) {
      byte[] buffer = new byte[BUFFER];
      while (sent.get() < source.size()) {
        int count = read(content, buffer, source.size() - sent.get());
        out.write(buffer, 0, count);
        crc.update(buffer, 0, count);
        sent.addAndGet(count);
      }
    }
    return 0;
  }

  private static InputStream open(Source source) throws SourceFailedException {
    try {
      return source.open();
    } catch (IOException e) {
      throw new SourceFailedException(e);
    }
  }

  private static int read(InputStream content, byte[] buffer, long left)
      throws SourceFailedException {
    try {
      int count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException("content ends " + left + " bytes early");
      }
      return count;
    } catch (IOException e) {
      throw new SourceFailedException(e);
    }
  }

  /**
   * Whatever has another id may be another's file, of the same second and size even: it is listed
   * and never deleted.
   */
  private FileId verified(String id, int crc, String name, Source source, Client.Place place)
      throws BlobCorruptException {
    Optional<FileId> file = parse(id);
    if (file.isPresent() && file.get().holds(source.size(), crc)) {
      return file.get();
    }
    metrics.wrongId();
    suspect(
        name,
        source,
        source.size(),
        OptionalLong.of(Integer.toUnsignedLong(crc)),
        place,
        Optional.of(id),
        "the id is not of this content");
    throw new BlobCorruptException(
        store, id, "uploaded " + source.size() + " bytes with CRC32 " + Integer.toHexString(crc));
  }

  private static Optional<FileId> parse(String id) {
    try {
      return Optional.of(FileId.parse(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void suspect(
      String name,
      Source source,
      long sent,
      OptionalLong crc,
      Client.Place place,
      Optional<String> answered,
      String reason) {
    metrics.possibleOrphan();
    orphans.add(
        new PossibleOrphan(
            UUID.randomUUID(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            store,
            place.storage().toString(),
            name,
            source.size(),
            sent,
            crc,
            answered,
            String.valueOf(reason)));
  }

  /** What follows the last dot, where the server takes it. */
  private static String extension(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return extension.matches("[A-Za-z0-9]{1,6}") && extension.length() < name.length()
        ? extension
        : "";
  }
}
