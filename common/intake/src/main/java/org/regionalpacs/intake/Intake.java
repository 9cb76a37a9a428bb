package org.regionalpacs.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.intake.IntakeException.Reason;
import org.regionalpacs.intake.IntakeMetrics.Phase;
import org.regionalpacs.messages.ImageFields;
import org.regionalpacs.messages.StorageMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an object in: data set to the online store, message to Kafka. Thread-safe; several
 * processes, or several of these in one process, may share an online store.
 */
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final int BUFFER = 128 * 1024;
  private static final int BUFFERS_KEPT = 64;

  /** A tenant is a folder; {@code Tenants} gives out no other ids. */
  private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  private final BufferPool buffers = new BufferPool(BUFFER, BUFFERS_KEPT);
  private final OnlineStore store;
  private final OwnedFolder temporary;
  private final Sync sync;
  private final FreeSpace space;
  private final Shelf shelf;
  private final Announcer announcer;
  private final IntakeMetrics metrics;
  private final ReceptionTraces traces;

  Intake(
      OnlineStore store,
      OwnedFolder temporary,
      Sync sync,
      FreeSpace space,
      Announcer announcer,
      IntakeMetrics metrics,
      ReceptionTraces traces) {
    this.store = store;
    this.temporary = temporary;
    this.sync = sync;
    this.space = space;
    this.shelf = new Shelf(store, new Folders(store.root(), sync));
    this.announcer = announcer;
    this.metrics = metrics;
    this.traces = traces;
  }

  /**
   * Receives one object. When this returns, file and message are durable.
   *
   * @param reception what is known of it beforehand
   * @param dataSet its data set, without preamble and file meta information, as encoded; read to
   *     its end, not closed
   * @throws IntakeException when the object is refused. The stream may be left unread.
   * @throws IOException when the sender's stream broke; nothing of it was kept
   */
  public Received receive(Reception reception, InputStream dataSet)
      throws IntakeException, IOException {
    return receive(reception, dataSet, Occasion.now());
  }

  /**
   * Receives one object that is made here, from pieces of a {@link #spool} for example.
   *
   * @param dataSet without preamble and file meta information, in the reception's transfer syntax
   * @throws IntakeException when the object is refused
   * @throws IOException when what it is made from can't be read; nothing of it was kept
   */
  public Received receive(Reception reception, DataSetContent dataSet)
      throws IntakeException, IOException {
    return receive(
        reception, (part, claim, buffer) -> made(dataSet, part, claim, buffer), Occasion.now());
  }

  /**
   * A place for pieces of objects to come.
   *
   * @param announced bytes that may come at most
   * @throws IntakeException when there is no room for them
   */
  public Spool spool(OptionalLong announced) throws IntakeException {
    return onDisk(() -> Spool.create(temporary.path(), space.claim(announced.orElse(0)), buffers));
  }

  /** The same for an object that was given to the PACS at another time. */
  Received receive(Reception reception, InputStream dataSet, Occasion occasion)
      throws IntakeException, IOException {
    return receive(
        reception,
        (part, claim, buffer) -> passed(reception, dataSet, part, claim, buffer),
        occasion);
  }

  /** How a data set gets into its file; tells what its beginning told, if it could be read. */
  private interface Filling {
    Optional<Identity> fill(PartFile part, FreeSpace.Claim claim, byte[] buffer)
        throws IntakeException, IOException;
  }

  private Received receive(Reception reception, Filling filling, Occasion occasion)
      throws IntakeException, IOException {
    if (!TENANT.matcher(reception.tenant()).matches()) {
      throw new IllegalArgumentException("'" + reception.tenant() + "' is no tenant id");
    }
    byte[] buffer = buffers.take();
    long start = System.nanoTime();
    try {
      requireTransferSyntax(reception);
      announcer.requireRoom();
      Received received = receive(reception, filling, occasion, buffer);
      metrics.accepted(received);
      traces.accepted(received, start);
      return received;
    } catch (IntakeException e) {
      metrics.refused(e.reason());
      throw e;
    } catch (IOException e) {
      metrics.broken();
      throw e;
    } finally {
      buffers.give(buffer);
    }
  }

  /**
   * Looks whether so many bytes would be accepted now, before they are read.
   *
   * @throws IntakeException when not: the disk is too full, or the outbox is
   */
  public void requireRoom(long bytes) throws IntakeException {
    announcer.requireRoom();
    onDisk(() -> {
      space.require(bytes);
      return space;
    });
  }

  /** It is written into the file meta information, where there is room for a UID. */
  private static void requireTransferSyntax(Reception reception) throws IntakeException {
    if (!UID.isUsable(reception.transferSyntax())) {
      throw new IntakeException(Reason.INVALID_UID, "transfer syntax is not a valid UID");
    }
  }

  private Received receive(Reception reception, Filling filling, Occasion occasion, byte[] buffer)
      throws IntakeException, IOException {
    try (FreeSpace.Claim claim = onDisk(() -> space.claim(reception.announced().orElse(0)));
        PartFile part = onDisk(() -> PartFile.create(temporary.path(), occasion.id(), sync))) {
      long start = System.nanoTime();
      Optional<Identity> glance = filling.fill(part, claim, buffer);
      Identity identity = identify(reception, part, glance).checkedAgainst(reception);
      FileHeader header = header(reception, identity, occasion, part);
      metrics.took(Phase.WRITE, start);

      long written = System.nanoTime();
      byte[] bytes = header.encode();
      onDisk(() -> {
        part.complete(bytes, header.seal().received());
        return part;
      });
      metrics.took(Phase.SYNC, written);

      long durable = System.nanoTime();
      Shelf.Place place = onDisk(() -> shelf.put(part, header, identity, occasion));
      metrics.took(Phase.PLACE, durable);
      return announce(new PlacedObject(place.file(), identity), place.outcome());
    }
  }

  private static Optional<Identity> passed(
      Reception reception, InputStream dataSet, PartFile part, FreeSpace.Claim claim, byte[] buffer)
      throws IntakeException, IOException {
    PassingStream passing = new PassingStream(dataSet, part, buffer, claim);
    try {
      Optional<Identity> identity = HeaderReader.glance(passing, reception.transferSyntax());
      passing.rethrowSenderFailure();
      passing.drain();
      return identity;
    } catch (IOException e) {
      if (passing.diskFailure().isPresent()) {
        throw outOfResources(passing.diskFailure().get());
      }
      throw e;
    }
  }

  /** What was made is read for its identity from the file. */
  private static Optional<Identity> made(
      DataSetContent dataSet, PartFile part, FreeSpace.Claim claim, byte[] buffer)
      throws IntakeException, IOException {
    PartOutput out = new PartOutput(part, buffer, claim);
    try {
      dataSet.writeTo(out);
      out.drain();
      return Optional.empty();
    } catch (IOException e) {
      if (out.diskFailure().isPresent()) {
        throw outOfResources(out.diskFailure().get());
      }
      throw e;
    }
  }

  private Identity identify(Reception reception, PartFile part, Optional<Identity> glance)
      throws IntakeException {
    if (part.dataSetLength() == 0) {
      throw new IntakeException(Reason.CANNOT_UNDERSTAND, "data set is empty");
    }
    if (glance.filter(Identity::isComplete).isPresent()) {
      return glance.get();
    }
    return onDisk(() -> HeaderReader.study(part.path(), reception.transferSyntax()))
        .or(() -> glance)
        .orElseThrow(
            () -> new IntakeException(Reason.CANNOT_UNDERSTAND, "data set can't be parsed"));
  }

  private FileHeader header(
      Reception reception, Identity identity, Occasion occasion, PartFile part) {
    Seal seal =
        new Seal(
            occasion.id(),
            HexFormat.of().formatHex(part.digest()),
            part.dataSetLength(),
            occasion.time(),
            reception.source(),
            reception.tenant());
    return new FileHeader(
        identity.sopClass(),
        identity.sopInstance(),
        reception.transferSyntax(),
        reception.callingAe(),
        reception.calledAe(),
        seal);
  }

  private Received announce(PlacedObject object, Shelf.Outcome outcome) throws IntakeException {
    long placed = System.nanoTime();
    StorageMessage message = onDisk(() -> object.message(store));
    announcer.announce(message);
    metrics.took(Phase.PUBLISH, placed);
    switch (outcome) {
      case FIRST -> LOG.debug("{}: {} accepted", message.tenant(), message.filePath());
      case DUPLICATE -> LOG.debug("{}: {} was here before", message.tenant(), message.filePath());
      case VERSION ->
          ImageFields.of(LOG.atWarn(), message)
              .log(
                  "{}: {} came with other content than before, kept as {}",
                  message.tenant(),
                  message.sopInstance(),
                  message.filePath());
    }
    return new Received(message, outcome == Shelf.Outcome.DUPLICATE);
  }

  /** Something done to this node's disk. */
  private interface DiskAction<T> {
    T run() throws IOException;
  }

  private static <T> T onDisk(DiskAction<T> action) throws IntakeException {
    try {
      return action.run();
    } catch (IOException e) {
      throw outOfResources(e);
    }
  }

  static IntakeException outOfResources(IOException cause) {
    if (cause instanceof LowSpaceException) {
      return new IntakeException(
          Reason.OUT_OF_RESOURCES, "disk space is low, send it again later", cause);
    }
    LOG.error("The online store can't take an object: {}", cause.toString());
    return new IntakeException(Reason.OUT_OF_RESOURCES, "online store can't take objects", cause);
  }
}
