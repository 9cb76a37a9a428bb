package org.regionalpacs.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Single requests to a server on the loopback, for what isn't measured. */
final class Web implements AutoCloseable {
  static final String JSON = "application/dicom+json";

  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpConnection connection;
  private final int port;

  private Web(HttpConnection connection, int port) {
    this.connection = connection;
    this.port = port;
  }

  static Web to(int port) throws IOException {
    return new Web(HttpConnection.to(port), port);
  }

  /**
   * The body of an answer; of none, where there is nothing (204).
   *
   * @throws IOException when it isn't a success
   */
  byte[] body(HttpCall call) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    HttpAnswer answer =
        connection.ask(
            call.bytes(port),
            part -> {
              byte[] bytes = new byte[part.remaining()];
              part.get(bytes);
              body.writeBytes(bytes);
            });
    if (answer.status() != 200 && answer.status() != 204) {
      throw new IOException(
          "%s was answered %d: %s"
              .formatted(call.path(), answer.status(), body.toString(StandardCharsets.UTF_8)));
    }
    return body.toByteArray();
  }

  /** How many results a search has. */
  int results(String path) throws IOException {
    byte[] body = body(HttpCall.of(path, JSON));
    if (body.length == 0) {
      return 0;
    }
    JsonNode list = MAPPER.readTree(body);
    return list.size();
  }

  /** Whether a body has these bytes somewhere in it. */
  static boolean contains(byte[] body, byte[] bytes) {
    for (int at = 0; at + bytes.length <= body.length; at++) {
      if (body[at] == bytes[0]
          && Arrays.equals(body, at, at + bytes.length, bytes, 0, bytes.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
