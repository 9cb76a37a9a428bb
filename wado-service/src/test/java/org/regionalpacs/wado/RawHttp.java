package org.regionalpacs.wado;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One HTTP/1.1 request over a socket of its own: what is given goes out letter by letter, as no
 * client library lets it.
 */
final class RawHttp {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final int port;

  RawHttp(int port) {
    this.port = port;
  }

  /**
   * An answer, whole.
   *
   * @param headers lines, in their order
   */
  record Reply(int status, List<String> headers, byte[] body) {

    /** Value of a header; empty without it. */
    String header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .findFirst()
          .orElse("");
    }

    String text() {
      return new String(body, ISO_8859_1);
    }
  }

  /**
   * Sends a request.
   *
   * @param line method and target, without the version
   * @param headers lines beside Host, Connection and Content-Length
   */
  Reply send(String line, List<String> headers, byte[] body) throws IOException {
    List<String> lines = new ArrayList<>(List.of(line + " HTTP/1.1", "Host: 127.0.0.1:" + port));
    lines.addAll(headers);
    lines.add("Connection: close");
    if (body.length > 0) {
      lines.add("Content-Length: " + body.length);
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1));
      request.write(body);
      socket.getOutputStream().write(request.toByteArray());
      return read(new BufferedInputStream(socket.getInputStream()), line.startsWith("HEAD "));
    }
  }

  private static Reply read(InputStream in, boolean headersOnly) throws IOException {
    String status = line(in);
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
    }
    Reply head = new Reply(Integer.parseInt(status.split(" ")[1]), headers, new byte[0]);
    return new Reply(head.status(), headers, headersOnly ? in.readAllBytes() : body(head, in));
  }

  private static byte[] body(Reply head, InputStream in) throws IOException {
    if (!head.header("Transfer-Encoding").equals("chunked")) {
      byte[] body = in.readAllBytes();
      String length = head.header("Content-Length");
      if (!length.isEmpty() && Long.parseLong(length) != body.length) {
        throw new EOFException(body.length + " bytes instead of " + length);
      }
      return body;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      body.write(in.readNBytes(size));
      line(in);
    }
    return body.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("broken off after: " + line);
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
