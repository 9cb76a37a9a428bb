package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The volumes that the data folder and what is in it lie on.
 *
 * @param folder that of the product, which needn't be there yet
 * @param least bytes that are to be free on each volume
 */
record DiskExamination(DataFolder folder, long least) {
  private static final String SUBJECT = "disk";

  List<Diagnosis> look() throws IOException {
    List<Diagnosis> found = new ArrayList<>();
    Map<FileStore, List<String>> volumes = new LinkedHashMap<>();
    for (Path each : parts()) {
      String name = each.equals(folder.root()) ? folder.shown() : each.getFileName().toString();
      volumes.computeIfAbsent(Files.getFileStore(existing(each)), _ -> new ArrayList<>()).add(name);
    }
    for (Map.Entry<FileStore, List<String>> volume : volumes.entrySet()) {
      found.add(room(volume.getKey(), String.join(", ", volume.getValue())));
    }
    Path place = existing(folder.root());
    if (!Files.isDirectory(place) || !Files.isWritable(place)) {
      found.add(
          Diagnosis.trouble(SUBJECT, place + " can't be written by this user, or is no folder"));
    }
    if (Files.exists(folder.postgresql()) && !Files.exists(folder.online().resolve(".node"))) {
      found.add(
          Diagnosis.trouble(
              SUBJECT, "there is no online store in " + folder.online() + ": mount its volume"));
    }
    return found;
  }

  /** Those that may be links to other volumes, or mounted. */
  private List<Path> parts() {
    List<Path> parts = new ArrayList<>(List.of(folder.root()));
    for (Path each :
        List.of(
            folder.online(),
            folder.archive(),
            folder.derived(),
            folder.postgresql(),
            folder.kafka())) {
      if (Files.exists(each)) {
        parts.add(each);
      }
    }
    return parts;
  }

  private Diagnosis room(FileStore volume, String what) throws IOException {
    long free = volume.getUsableSpace();
    String has =
        "%s of %s are free for %s"
            .formatted(gigabytes(free), gigabytes(volume.getTotalSpace()), what);
    if (volume.isReadOnly()) {
      return Diagnosis.trouble(SUBJECT, has + ", and can't be written: mount it for writing");
    }
    return free < least
        ? Diagnosis.trouble(
            SUBJECT,
            "%s, less than %s: make room, or enlarge the volume. When it is full, images are refused"
                .formatted(has, gigabytes(least)))
        : Diagnosis.ok(SUBJECT, has);
  }

  private static String gigabytes(long bytes) {
    return "%,.1f GB".formatted(bytes / 1e9);
  }

  private static Path existing(Path path) {
    Path place = path;
    while (!Files.exists(place)) {
      place = place.getParent();
    }
    return place;
  }
}
