package org.regionalpacs.wado.retrieve;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.wado.web.BodySource;
import org.regionalpacs.wado.web.MultipartBody;
import org.regionalpacs.wado.web.Part;
import org.springframework.http.HttpHeaders;

/**
 * An answer that isn't compressed yet.
 *
 * @param length of the body, if known
 * @param body to be written to a {@link DirectOutput}
 * @param etag strong entity tag, of who has one
 */
record PlainAnswer(
    String contentType, OptionalLong length, BodySource body, Optional<String> etag) {

  static PlainAnswer of(Part only) {
    return new PlainAnswer(only.contentType(), only.length(), only.body(), Optional.empty());
  }

  static PlainAnswer of(MultipartBody body) {
    return new PlainAnswer(body.contentType(), body.length(), body, Optional.empty());
  }

  PlainAnswer withEtag(String tag) {
    return new PlainAnswer(contentType, length, body, Optional.of(tag));
  }

  PlainAnswer ofUnknownLength() {
    return new PlainAnswer(contentType, OptionalLong.empty(), body, etag);
  }

  /** Sets the headers for its bytes as they are. */
  void begin(HttpServletResponse response) {
    response.setContentType(contentType);
    length.ifPresent(response::setContentLengthLong);
    etag.ifPresent(tag -> {
      response.setHeader(HttpHeaders.ETAG, tag);
      response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    });
  }

  /**
   * Sets the headers for its bytes in a coding.
   *
   * @param coded how many these are, if known
   */
  void begin(HttpServletResponse response, AnswerCoding coding, OptionalLong coded) {
    response.setContentType(contentType);
    coded.ifPresent(response::setContentLengthLong);
    response.setHeader(HttpHeaders.CONTENT_ENCODING, coding.token());
    etag.ifPresent(tag -> response.setHeader(HttpHeaders.ETAG, coding.etag(tag)));
  }
}
