package org.regionalpacs.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What a child writes to its standard output; the file of the run before is kept beside it. */
record LogFile(Path path) {
  private static final int TAIL_BYTES = 4096;
  private static final int TAIL_LINES = 20;

  void roll() throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    if (Files.exists(path)) {
      Path before = path.resolveSibling(path.getFileName() + ".1");
      Files.move(path, before, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The last lines, indented; empty when there are none. */
  String tail() {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(TAIL_BYTES, file.length())];
      file.seek(file.length() - end.length);
      file.readFully(end);
      List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
      int from = Math.max(0, lines.size() - TAIL_LINES);
      return "\n  " + String.join("\n  ", lines.subList(from, lines.size()));
    } catch (IOException e) {
      return "";
    }
  }
}
