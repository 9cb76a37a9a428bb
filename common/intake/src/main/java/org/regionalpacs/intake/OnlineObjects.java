package org.regionalpacs.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.messages.StorageMessage;

/**
 * What the files of the online store say of themselves, and the way to have them announced once
 * more. For the jobs of the node that owns them.
 */
public final class OnlineObjects {
  /** Files of received objects end with it; all others in the folders of tenants are foreign. */
  public static final String SUFFIX = Shelf.SUFFIX;

  /** Below ROOT; damaged files keep their paths there. */
  public static final String DAMAGED = ".damaged";

  private final OnlineStore store;
  private final Announcer announcer;
  private final Leftovers leftovers;
  private final OnlineListing listing;

  OnlineObjects(OnlineStore store, Announcer announcer, Leftovers leftovers) {
    this.store = store;
    this.announcer = announcer;
    this.leftovers = leftovers;
    this.listing = new OnlineListing(store);
  }

  /** Where the files are. */
  public OnlineStore store() {
    return store;
  }

  /**
   * The message that announces a file: the same that its reception sent.
   *
   * @param filePath relative to ROOT, {@code <tenant>/<study>/<series>/<file>}
   * @return empty when the file is no object, lost its end, or belongs to another folder
   * @throws java.nio.file.NoSuchFileException when it is gone
   */
  public Optional<StorageMessage> read(String filePath) throws IOException {
    return listing.read(filePath);
  }

  /**
   * Has a file known to all consumers again; they tell repeats apart themselves.
   *
   * @throws IOException when the message could be made durable nowhere
   */
  public void announce(StorageMessage message) throws IOException {
    try {
      announcer.announce(message);
    } catch (IntakeException e) {
      throw new IOException(e);
    }
  }

  /** Told of the bytes that were read, so that it can slow the reading down. */
  public interface Pace {
    /** Some more bytes were read; waits as long as it likes. */
    void read(int bytes) throws IOException;
  }

  /**
   * SHA-256 of a file's data set as it is on the disk now, lower-case hex.
   *
   * @param dataSetOffset where the data set begins
   */
  public String digest(String filePath, int dataSetOffset, Pace pace) throws IOException {
    return HexFormat.of()
        .formatHex(StoredFile.digest(store.resolve(filePath), dataSetOffset, pace));
  }

  /**
   * Takes the name of a damaged file away, so that its object can be stored again. The file stays
   * below {@code ROOT/.damaged}, for people. Nothing happens when it isn't there, or isn't damaged:
   * then another object, or the same, has taken its place.
   *
   * @param dataSetOffset where the data set would begin
   * @param digest of the data set that should be there
   */
  public void putAside(String filePath, UUID receptionId, int dataSetOffset, String digest)
      throws IOException {
    Path aside = store.root().resolve(DAMAGED).resolve(filePath + "." + receptionId);
    // Whoever takes names away holds this lock, see DeletedFile.
    Path deleted = Files.createDirectories(store.root().resolve(DeletedFile.FOLDER));
    try (OwnedFolder.Guard _ = OwnedFolder.Guard.of(deleted)) {
      if (digest(filePath, dataSetOffset, _ -> {}).equals(digest)) {
        return;
      }
      Files.createDirectories(aside.getParent());
      Files.move(store.resolve(filePath), aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // It was deleted.
    }
  }

  /**
   * Settles what processes left that died since this one started: their unfinished files are
   * removed, their finished ones announced, their undelivered messages taken over.
   *
   * @return files and messages' files that were settled
   */
  public int settleLeftovers() throws IOException {
    return leftovers.settle();
  }
}
