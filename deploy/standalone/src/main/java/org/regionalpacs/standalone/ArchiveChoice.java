package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * Where archived images go. It is kept in the data folder: a start that forgot it would look for
 * what is archived in the wrong place.
 *
 * @param store what it is
 * @param trackers of the FastDFS cluster, {@code host:port}; kept when the archive goes back to a
 *     folder, so that what is there stays readable
 */
record ArchiveChoice(Store store, List<String> trackers) {

  /** Kinds of archives. */
  enum Store {
    LOCAL,
    FASTDFS;

    /** As settings call it. */
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Arguments for Spring. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("--pacs.archive.store=" + store.id()));
    if (!trackers.isEmpty()) {
      arguments.add("--pacs.fastdfs.trackers=" + String.join(",", trackers));
    }
    return arguments;
  }

  /** The same as options of {@code up}. */
  List<String> options() {
    List<String> options = new ArrayList<>(List.of("--blob-store=" + store.id()));
    if (!trackers.isEmpty()) {
      options.add("--fastdfs-trackers=" + String.join(",", trackers));
    }
    return options;
  }

  /** For people. */
  String shown() {
    return switch (store) {
      case LOCAL -> "local";
      case FASTDFS -> "fastdfs, trackers " + String.join(", ", trackers);
    };
  }

  /** What an earlier start said. */
  static Optional<ArchiveChoice> read(DataFolder folder) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file(folder))) {
      properties.load(reader);
      String trackers = properties.getProperty("trackers", "");
      return Optional.of(
          new ArchiveChoice(
              Store.valueOf(properties.getProperty("store", "").toUpperCase(Locale.ROOT)),
              trackers.isEmpty() ? List.of() : Arrays.asList(trackers.split(","))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new Complaint(
          "%s can't be understood; remove it, and say --blob-store again: %s"
              .formatted(file(folder), e.getMessage()),
          e);
    }
  }

  void write(DataFolder folder) {
    Properties properties = new Properties();
    properties.setProperty("store", store.id());
    properties.setProperty("trackers", String.join(",", trackers));
    try (StringWriter text = new StringWriter()) {
      properties.store(text, "Where archived images go: ./pacs up --blob-store");
      Path half = file(folder).resolveSibling("blob-store.half");
      Files.writeString(half, text.toString());
      Files.move(half, file(folder), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Complaint("The data folder " + folder.root() + " can't be used: " + e, e);
    }
  }

  private static Path file(DataFolder folder) {
    return folder.root().resolve("blob-store");
  }
}
