package org.regionalpacs.wado.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a multipart body (RFC 2046 5.1) as it streams in: parts of any length, in constant memory.
 * Preamble and epilogue are passed over. Of one thread.
 */
public final class MultipartReader {
  private static final int BUFFER = 64 * 1024;
  private static final int MAX_HEADER = 16 * 1024;
  private static final int MAX_BOUNDARY = 200;

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private boolean endOfInput;
  private boolean insidePart;
  private boolean done;

  /**
   * @param in the body; not closed
   * @param boundary as the Content-Type names it, unquoted
   */
  public MultipartReader(InputStream in, String boundary) throws MultipartFormatException {
    if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY) {
      throw new MultipartFormatException("The boundary must have 1 to 200 characters.");
    }
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // The first boundary may stand at the very start: behave as if a line had just ended.
    buffer[0] = '\r';
    buffer[1] = '\n';
    limit = 2;
    insidePart = true;
  }

  /**
   * A part.
   *
   * @param headers by lower-case name
   * @param body its bytes; valid until the next part is asked for
   */
  public record Incoming(Map<String, String> headers, InputStream body) {}

  /**
   * The next part, empty after the last. What wasn't read of the part before is skipped.
   *
   * @throws MultipartFormatException when the body isn't well formed
   */
  public Optional<Incoming> next() throws IOException {
    if (done) {
      return Optional.empty();
    }
    skipPart();
    position += delimiter.length;
    if (afterLastBoundary()) {
      done = true;
      return Optional.empty();
    }
    String rest = line();
    if (!rest.isBlank()) {
      throw new MultipartFormatException("There is text behind a boundary.");
    }
    Map<String, String> headers = headers();
    insidePart = true;
    return Optional.of(new Incoming(headers, new PartStream()));
  }

  private void skipPart() throws IOException {
    while (insidePart) {
      int length = partBytes();
      position += length;
    }
  }

  private boolean afterLastBoundary() throws IOException {
    while (limit - position < 2 && fill()) {
      // Two characters decide.
    }
    if (limit - position < 2) {
      throw new MultipartFormatException("The body ends within a boundary.");
    }
    return buffer[position] == '-' && buffer[position + 1] == '-';
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    int length = 0;
    for (String line = headerLine(); !line.isEmpty(); line = headerLine()) {
      length += line.length();
      int colon = line.indexOf(':');
      if (colon <= 0 || length > MAX_HEADER) {
        throw new MultipartFormatException("The header of a part can't be read.");
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      headers.putIfAbsent(name, line.substring(colon + 1).strip());
    }
    return headers;
  }

  /** A line, with the folded ones that continue it (RFC 822 3.1.1). */
  private String headerLine() throws IOException {
    // Without headers, the delimiter's line break is the empty line too.
    StringBuilder line = new StringBuilder(line());
    while (!line.isEmpty() && folded()) {
      line.append(line());
      if (line.length() > MAX_HEADER) {
        throw new MultipartFormatException("The header of a part is too long.");
      }
    }
    return line.toString();
  }

  private boolean folded() throws IOException {
    if (position == limit && !fill()) {
      return false;
    }
    return buffer[position] == ' ' || buffer[position] == '\t';
  }

  private String line() throws IOException {
    int searched = 0;
    while (true) {
      for (int i = position + searched; i < limit; i++) {
        if (buffer[i] == '\n') {
          int end = i > position && buffer[i - 1] == '\r' ? i - 1 : i;
          String line = new String(buffer, position, end - position, StandardCharsets.ISO_8859_1);
          position = i + 1;
          return line;
        }
      }
      searched = limit - position;
      if (searched > MAX_HEADER || !fill()) {
        throw new MultipartFormatException("The body ends, or goes on too long, in a header.");
      }
    }
  }

  /**
   * How many bytes from {@code position} on belong to the part for sure: at least one while inside
   * of it. At its end, {@code insidePart} is false and {@code position} is at the delimiter.
   */
  private int partBytes() throws IOException {
    while (true) {
      int at = delimiterFrom(position);
      if (at >= 0) {
        insidePart = at > position;
        return at - position;
      }
      int safe = limit - position - (delimiter.length - 1);
      if (safe > 0) {
        return safe;
      }
      if (!fill()) {
        throw new MultipartFormatException("The body ends before its last boundary.");
      }
    }
  }

  private int delimiterFrom(int from) {
    int last = limit - delimiter.length;
    for (int i = from; i <= last; i++) {
      if (buffer[i] == '\r' && matches(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean matches(int at) {
    for (int k = 1; k < delimiter.length; k++) {
      if (buffer[at + k] != delimiter[k]) {
        return false;
      }
    }
    return true;
  }

  /** Reads more behind what is there; false at the end of the input. */
  private boolean fill() throws IOException {
    if (endOfInput) {
      return false;
    }
    if (position > 0 && limit > buffer.length / 2) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    int n = in.read(buffer, limit, buffer.length - limit);
    endOfInput = n < 0;
    limit += Math.max(n, 0);
    return !endOfInput;
  }

  private final class PartStream extends InputStream {
    private int known;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (known == 0 && !ended) {
        known = partBytes();
        ended = !insidePart;
      }
      if (known == 0) {
        return -1;
      }
      int n = Math.min(known, length);
      System.arraycopy(buffer, position, target, offset, n);
      position += n;
      known -= n;
      return n;
    }
  }
}
