package org.regionalpacs.intake;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.regionalpacs.messages.StorageMessage;

/** All objects of the online store, as their files tell it themselves. */
public final class OnlineListing {
  /** Tenant, study, series. */
  private static final int FOLDERS = 3;

  private final OnlineStore store;

  public OnlineListing(OnlineStore store) {
    this.store = store;
  }

  /** Who is shown around. */
  public interface Visitor {
    /**
     * Shows a file in an object's place.
     *
     * @param filePath relative to ROOT
     */
    void file(String filePath) throws IOException;
  }

  /**
   * Shows the files of all tenants, in no order; those that come or go meanwhile may be among them
   * or not. What is of the store itself (names with a leading dot) isn't shown.
   */
  public void visit(Visitor visitor) throws IOException {
    visit(store.root(), FOLDERS, visitor);
  }

  private void visit(Path folder, int below, Visitor visitor) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.startsWith(".")) {
          continue;
        }
        if (below > 0) {
          if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            visit(entry, below - 1, visitor);
          }
        } else if (name.endsWith(Shelf.SUFFIX)) {
          visitor.file(store.relative(entry));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Emptied, and removed, while it was shown.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /**
   * The message that announces a file: the same that its reception sent.
   *
   * @param filePath relative to ROOT, {@code <tenant>/<study>/<series>/<file>}
   * @return empty when the file is no object, lost its end, or belongs to another folder
   * @throws NoSuchFileException when it is gone
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
}
