package org.regionalpacs.bench;

import java.nio.charset.StandardCharsets;

/**
 * A GET request.
 *
 * @param accept media type that is asked for
 * @param gzip whether a gzipped answer is taken
 * @param steady whether every answer to it is as long as the first, but for boundaries of parts
 */
record HttpCall(String path, String accept, boolean gzip, boolean steady) {

  /** One for a thing that doesn't change. */
  static HttpCall of(String path, String accept) {
    return new HttpCall(path, accept, false, true);
  }

  HttpCall gzipped() {
    return new HttpCall(path, accept, true, steady);
  }

  /** One whose answer changes while it is asked. */
  HttpCall changing() {
    return new HttpCall(path, accept, gzip, false);
  }

  /** As it is sent to a server on the loopback. */
  byte[] bytes(int port) {
    String encoding = gzip ? "Accept-Encoding: gzip\r\n" : "";
    return ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: %s\r\n%s\r\n"
            .formatted(path, port, accept, encoding))
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
