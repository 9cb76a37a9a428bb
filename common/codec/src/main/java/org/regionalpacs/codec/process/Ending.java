package org.regionalpacs.codec.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Why a process ended by itself, as people want to read it. */
final class Ending {
  /** How long a process whose output has ended may take to end. */
  static final Duration WAIT = Duration.ofSeconds(5);

  private static final int LONGEST = 1 << 16;
  private static final int SIGNALLED = 128;
  private static final String CULPRIT = "# Problematic frame:";

  private Ending() {}

  static String of(Process ended) {
    String said = said(ended);
    int status = ended.exitValue();
    if (status == CodecProcess.OUT_OF_MEMORY || said.contains("insufficient memory")) {
      return "needed more memory than pacs.codec.memory allows";
    }
    Optional<String> culprit = culprit(said);
    if (culprit.isPresent()) {
      return "crashed in " + culprit.get();
    }
    return status > SIGNALLED
        ? "was ended by signal " + (status - SIGNALLED)
        : "ended with status " + status + firstLine(said);
  }

  /** What it said on standard error, as far as that isn't too much. */
  private static String said(Process ended) {
    try (InputStream errors = ended.getErrorStream()) {
      return new String(errors.readNBytes(LONGEST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** The function in which the JVM says that it crashed. */
  private static Optional<String> culprit(String said) {
    List<String> lines = said.lines().toList();
    int at = lines.indexOf(CULPRIT);
    return at < 0 || at + 1 >= lines.size()
        ? Optional.empty()
        : Optional.of(lines.get(at + 1).replaceFirst("^#\\s*", "").strip());
  }

  private static String firstLine(String said) {
    return said.lines().findFirst().map(line -> ": " + line).orElse("");
  }
}
