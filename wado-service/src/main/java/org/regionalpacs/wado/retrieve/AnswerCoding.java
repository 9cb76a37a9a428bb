package org.regionalpacs.wado.retrieve;

/** A content coding of answers (RFC 9110 8.4.1). */
enum AnswerCoding {
  /** RFC 8878. */
  ZSTD("zstd"),
  GZIP("gzip");

  private final String token;

  AnswerCoding(String token) {
    this.token = token;
  }

  /** Its name in headers. */
  String token() {
    return token;
  }

  /** The entity tag in this coding of what has another one without: these are other bytes. */
  String etag(String plain) {
    return plain.substring(0, plain.length() - 1) + "-" + token + "\"";
  }
}
