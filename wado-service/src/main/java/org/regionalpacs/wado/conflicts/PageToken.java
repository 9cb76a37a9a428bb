package org.regionalpacs.wado.conflicts;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.regionalpacs.index.Conflict;
import org.regionalpacs.index.ConflictQuery.Position;
import org.regionalpacs.wado.web.BadParameterException;

/** Where a page ended, as clients get it: opaque, fit for a URL. */
final class PageToken {
  private PageToken() {}

  static String of(Conflict last) {
    String text = last.lastSeen() + " " + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  static Position read(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
      String[] parts = text.split(" ", 2);
      return new Position(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
      throw new BadParameterException(
          "after", "after must be the next of the page before, as it was sent.");
    }
  }
}
