package org.regionalpacs.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.regionalpacs.messages.StorageMessage;

/**
 * What the files of the online store say of themselves, and the way to have them announced once
 * more. For the jobs of the node that owns them.
 */
public final class OnlineObjects {
  /** Files of received objects end with it; all others in the folders of tenants are foreign. */
  public static final String SUFFIX = Shelf.SUFFIX;

  private final OnlineStore store;
  private final Announcer announcer;
  private final Leftovers leftovers;

  OnlineObjects(OnlineStore store, Announcer announcer, Leftovers leftovers) {
    this.store = store;
    this.announcer = announcer;
    this.leftovers = leftovers;
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
    Path path = store.resolve(filePath);
    Path series = path.getParent();
    String tenant = store.root().relativize(path).getName(0).toString();
    Optional<StoredFile> file = StoredFile.read(path, tenant);
    if (file.isEmpty() || !file.get().header().seal().tenant().equals(tenant)) {
      return Optional.empty();
    }
    Optional<Identity> identity =
        HeaderReader.study(path, file.get().dataSetOffset(), file.get().header().transferSyntax())
            .filter(Identity::isComplete)
            .filter(each -> series.endsWith(Path.of(each.study(), each.series())));
    return identity.isEmpty()
        ? Optional.empty()
        : Optional.of(new PlacedObject(file.get(), identity.get()).message(store));
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
   * Settles what processes left that died since this one started: their unfinished files are
   * removed, their finished ones announced, their undelivered messages taken over.
   *
   * @return files and messages' files that were settled
   */
  public int settleLeftovers() throws IOException {
    return leftovers.settle();
  }
}
