package org.regionalpacs.wado.query;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;

/** The media types of search results (PS3.18 8.7.4, table 8.7.4-1), the default first. */
enum ResultFormat {
  DICOM_JSON("application/dicom+json", false),
  JSON("application/json", false),
  DICOM_XML("application/dicom+xml", true);

  private final String mediaType;
  private final boolean multipart;

  ResultFormat(String mediaType, boolean multipart) {
    this.mediaType = mediaType;
    this.multipart = multipart;
  }

  /**
   * A body of a response.
   *
   * @param contentType its header
   * @param emptyBody whether there is a body of no results
   * @param results opens it
   */
  record Body(String contentType, boolean emptyBody, Opening results) {}

  /** Begins to write to a stream. */
  @FunctionalInterface
  interface Opening {
    Results on(OutputStream out, ResultWriter writer) throws IOException;
  }

  /**
   * The format that is most wanted.
   *
   * @throws NotAcceptableException when none is accepted
   */
  static ResultFormat negotiate(HttpServletRequest request) {
    for (MediaRange range : AcceptHeader.of(request)) {
      for (ResultFormat format : values()) {
        boolean body = range.anything() || range.multipart() == format.multipart;
        if (body && range.covers(format.mediaType)) {
          return format;
        }
      }
    }
    throw new NotAcceptableException(Arrays.stream(values()).map(ResultFormat::written).toList());
  }

  private String written() {
    return multipart ? "multipart/related; type=\"" + mediaType + "\"" : mediaType;
  }

  /** A new body. */
  Body body() {
    if (!multipart) {
      return new Body(mediaType, true, JsonResults::new);
    }
    String boundary = "pacs-" + UID.generate();
    // A multipart body has a part at least (RFC 2046 5.1.1).
    return new Body(
        written() + "; boundary=" + boundary,
        false,
        (out, writer) -> new XmlResults(out, boundary, mediaType, writer));
  }
}
