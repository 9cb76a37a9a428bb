package org.regionalpacs.storage.peer;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/** The range that an answer says it has: {@code Content-Range: bytes first-last/size}. */
record ContentRange(long first, long length, long size) {
  private static final Pattern FORM =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

  /**
   * @throws IOException when the answer is no range
   */
  static ContentRange of(ClassicHttpResponse answer) throws IOException {
    Header header = answer.getFirstHeader(HttpHeaders.CONTENT_RANGE);
    Matcher parts = FORM.matcher(header == null ? "" : header.getValue());
    if (!parts.matches()) {
      throw new IOException("an answer without range: " + header);
    }
    long first = Long.parseLong(parts.group(1));
    return new ContentRange(
        first, Long.parseLong(parts.group(2)) - first + 1, Long.parseLong(parts.group(3)));
  }
}
