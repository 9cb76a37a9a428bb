package org.regionalpacs.metadata;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * What stands before the path in every bulk data URI of a document, as bytes of JSON.
 *
 * <p>The bytes can't stand anywhere else: inside a JSON string, quotation marks are escaped.
 */
final class BulkDataPrefix {
  private static final byte[] MEMBER = "\"BulkDataURI\":\"".getBytes(StandardCharsets.US_ASCII);

  private BulkDataPrefix() {}

  static byte[] of(String baseUrl) {
    byte[] base = JsonStringEncoder.getInstance().quoteAsUTF8(baseUrl);
    ByteArrayOutputStream prefix = new ByteArrayOutputStream(MEMBER.length + base.length + 1);
    prefix.writeBytes(MEMBER);
    prefix.writeBytes(base);
    prefix.write('/');
    return prefix.toByteArray();
  }

  /** JSON with the bulk data URIs of one base URL, read with those of another. */
  static InputStream replace(InputStream json, String from, String to) {
    return from.equals(to) ? json : new ReplacingInputStream(json, of(from), of(to));
  }
}
