package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.net.SendFiles;
import picocli.CommandLine.Option;

/** The files that are measured with. */
final class InputFiles {
  @Option(
      names = "--files",
      paramLabel = "FOLDER",
      description = "Use these files; without it, synthetic CT images are made.")
  Optional<Path> folder = Optional.empty();

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "250",
      description = "Images an association (default: ${DEFAULT-VALUE}).")
  int images = 250;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description = "Where files are made and received (default: the system's temporary folder).")
  Path work = Path.of(System.getProperty("java.io.tmpdir"));

  WorkFolder workFolder() throws IOException {
    return WorkFolder.in(work);
  }

  /** So many shares of {@link #images} files each, no file in two of them. */
  List<List<CtFile>> shares(Path work, int count) throws IOException {
    List<CtFile> all = new ArrayList<>();
    for (Path path : paths(work, count * images)) {
      all.add(CtFile.scan(path));
    }
    List<List<CtFile>> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shares.add(all.subList(i * images, (i + 1) * images));
    }
    return shares;
  }

  /**
   * So many files.
   *
   * @throws IOException when the given folder has fewer
   */
  List<Path> paths(Path work, int count) throws IOException {
    Path from = folder.orElse(work.resolve("ct"));
    if (folder.isEmpty()) {
      new CtSeries(1).write(from, count);
    }
    List<Path> found = SendFiles.find(List.of(from));
    if (found.size() < count) {
      throw new IOException("%s has %d files, %d are needed".formatted(from, found.size(), count));
    }
    return found.subList(0, count);
  }

  String description() {
    return images + (folder.isPresent() ? " given files" : " synthetic CT images of 525 KB");
  }
}
