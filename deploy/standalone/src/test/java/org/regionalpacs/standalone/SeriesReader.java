package org.regionalpacs.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** A client that reads a multipart answer part by part, at its own speed, and keeps none of it. */
final class SeriesReader implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];

  private SeriesReader(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
  }

  /** Asks for what is below {@code /dicom-web} as it is stored. */
  static SeriesReader open(int port, String path) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) LIMIT.toMillis());
    String request =
        "GET /dicom-web"
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            + "Accept: multipart/related; type=\"application/dicom\"; transfer-syntax=*\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    SeriesReader reader = new SeriesReader(socket);
    String status = reader.line();
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status);
    }
    reader.headers();
    return reader;
  }

  /** CRC-32 of the next part's bytes; empty after the last. */
  Optional<Long> nextPart() throws IOException {
    String boundary = line();
    if (boundary.endsWith("--")) {
      return Optional.empty();
    }
    CRC32 crc = new CRC32();
    long left = Long.parseLong(headers().get("content-length"));
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw new EOFException("broken off with " + left + " bytes of a part to come");
      }
      crc.update(buffer, 0, n);
      left -= n;
    }
    line();
    return Optional.of(crc.getValue());
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("broken off");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
