package org.regionalpacs.wado.pins;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.regionalpacs.index.StudyPin;
import org.regionalpacs.index.StudyPins.Position;
import org.regionalpacs.wado.web.BadParameterException;

/** Where a page ended, as clients get it: opaque, fit for a URL. */
final class PinToken {
  private PinToken() {}

  static String of(StudyPin last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((last.pinned() + " " + last.study()).getBytes(StandardCharsets.UTF_8));
  }

  static Position read(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      String[] parts = text.split(" ", 2);
      return new Position(Instant.parse(parts[0]), parts[1]);
    } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
      throw new BadParameterException(
          "after", "after must be the next of the page before, as it was sent.");
    }
  }
}
