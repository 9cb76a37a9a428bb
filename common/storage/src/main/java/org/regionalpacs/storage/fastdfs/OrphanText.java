package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.UUID;
import org.regionalpacs.index.PossibleOrphan;

/** A possible orphan as text. */
final class OrphanText {
  private OrphanText() {}

  static String of(PossibleOrphan orphan) throws IOException {
    Properties lines = new Properties();
    lines.setProperty("id", orphan.id().toString());
    lines.setProperty("found", orphan.found().toString());
    lines.setProperty("store", orphan.store());
    lines.setProperty("server", orphan.server());
    lines.setProperty("name", orphan.name());
    lines.setProperty("size", Long.toString(orphan.size()));
    lines.setProperty("sent", Long.toString(orphan.sent()));
    orphan.crc().ifPresent(crc -> lines.setProperty("crc", Long.toString(crc)));
    orphan.answered().ifPresent(id -> lines.setProperty("answered", id));
    lines.setProperty("reason", orphan.reason());
    StringWriter text = new StringWriter();
    lines.store(text, "A file that FastDFS may have and nobody knows");
    return text.toString();
  }

  /**
   * Reads it.
   *
   * @throws IOException when it is none
   */
  static PossibleOrphan parse(String text) throws IOException {
    Properties lines = new Properties();
    lines.load(new StringReader(text));
    try {
      String crc = lines.getProperty("crc", "");
      return new PossibleOrphan(
          UUID.fromString(lines.getProperty("id", "")),
          Instant.parse(lines.getProperty("found", "")),
          lines.getProperty("store", ""),
          lines.getProperty("server", ""),
          lines.getProperty("name", ""),
          Long.parseLong(lines.getProperty("size", "")),
          Long.parseLong(lines.getProperty("sent", "")),
          crc.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(crc)),
          Optional.ofNullable(lines.getProperty("answered")),
          lines.getProperty("reason", ""));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("not a possible orphan: " + e.getMessage(), e);
    }
  }
}
