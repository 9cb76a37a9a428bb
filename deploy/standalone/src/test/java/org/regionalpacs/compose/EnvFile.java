package org.regionalpacs.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of variables for Compose.
 *
 * @param values those that are set
 * @param commentedOut those that a {@code #} is before
 */
record EnvFile(Map<String, String> values, Map<String, String> commentedOut) {
  private static final Pattern LINE = Pattern.compile("(# )?([A-Z0-9_]+)=(.*)");

  static EnvFile read(Path file) throws IOException {
    EnvFile read = new EnvFile(new TreeMap<>(), new TreeMap<>());
    for (String line : Files.readAllLines(file)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        Map<String, String> lines = matcher.group(1) == null ? read.values : read.commentedOut;
        if (lines.put(matcher.group(2), matcher.group(3)) != null) {
          throw new IllegalStateException(matcher.group(2) + " is there twice");
        }
      }
    }
    return read;
  }
}
