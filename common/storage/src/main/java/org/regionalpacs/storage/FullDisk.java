package org.regionalpacs.storage;

import java.io.IOException;
import java.util.Set;

/** Tells a local disk without room from other failures; Java says it by the system's text only. */
public final class FullDisk {
  private static final Set<String> TEXTS =
      Set.of("No space left on device", "Disk quota exceeded", "File too large");

  private FullDisk() {}

  /** What needs room. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Does it.
   *
   * @param store whose disk it is
   * @throws BlobStoreFullException when there is no room
   */
  public static <T> T typed(String store, Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (BlobStoreFullException e) {
      throw e;
    } catch (IOException e) {
      throw isFull(e) ? new BlobStoreFullException(store, e.getMessage()) : e;
    }
  }

  private static boolean isFull(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return TEXTS.stream().anyMatch(message::endsWith);
  }
}
