package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The clock, by which objects and deletions are ordered.
 *
 * @param now what it says
 */
record ClockExamination(DataFolder folder, Instant now) {
  private static final String SUBJECT = "clock";
  private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TOLERANCE = Duration.ofMinutes(2);
  private static final long LIMIT_SECONDS = 3;

  Diagnosis look() throws IOException, InterruptedException {
    if (now.isBefore(WRITTEN)) {
      return Diagnosis.trouble(SUBJECT, now + " can't be: set it, best by NTP, before a start");
    }
    Instant last = lastWritten();
    if (last.isAfter(now.plus(TOLERANCE))) {
      return Diagnosis.trouble(
          SUBJECT,
          "it is %s, but something in %s was written at %s: set it, best by NTP, before a start; new images would count as older than those"
              .formatted(now, folder.shown(), last));
    }
    return switch (synchronised()) {
      case "yes" -> Diagnosis.ok(SUBJECT, now + ", synchronised");
      case "no" ->
          Diagnosis.trouble(
              SUBJECT, now + ", not synchronised: enable NTP (timedatectl set-ntp true)");
      default -> Diagnosis.ok(SUBJECT, now + "; whether NTP synchronises it isn't known");
    };
  }

  /** The youngest of the files that every run writes. */
  private Instant lastWritten() throws IOException {
    Instant last = Instant.EPOCH;
    for (Path each : List.of(folder.run(), folder.logs())) {
      if (Files.isDirectory(each)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(each)) {
          for (Path file : files) {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            last = written.isAfter(last) ? written : last;
          }
        }
      }
    }
    return last;
  }

  /** Yes or no, as systemd says it; empty where it isn't there. */
  private static String synchronised() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("timedatectl", "show", "-p", "NTPSynchronized", "--value")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      return new String(process.getInputStream().readAllBytes()).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
