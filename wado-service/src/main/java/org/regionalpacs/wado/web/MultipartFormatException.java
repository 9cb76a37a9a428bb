package org.regionalpacs.wado.web;

import java.io.IOException;

/** A multipart body breaks the rules of RFC 2046, or a limit; the message says where. */
public final class MultipartFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  MultipartFormatException(String message) {
    super(message);
  }
}
