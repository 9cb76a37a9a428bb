package org.regionalpacs.wado.store;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.UnsupportedContentException;
import org.springframework.http.HttpHeaders;

/**
 * What the body of a store request is (PS3.18 10.5.1.4), by its Content-Type.
 *
 * @param kind what its objects are written as
 * @param boundary of multipart/related; empty when the body is one part by itself
 */
record StorePayload(Kind kind, Optional<String> boundary) {
  private static final String MULTIPART = "multipart/related";

  /** The three ways to write an object. */
  enum Kind {
    /** Part 10 streams. */
    OBJECTS("application/dicom"),
    /** Data sets in the DICOM JSON model, an array of them a part; bulk data in other parts. */
    JSON("application/dicom+json"),
    /** Data sets in the Native DICOM Model, one a part; bulk data in other parts. */
    XML("application/dicom+xml");

    private final String mediaType;

    Kind(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }

    private static Optional<Kind> of(String mediaType) {
      return Arrays.stream(values())
          .filter(kind -> kind.mediaType.equalsIgnoreCase(mediaType))
          .findFirst();
    }
  }

  /** All that may be sent, for the Accept header of a 415 (RFC 9110 15.5.16). */
  static List<String> accepted() {
    return Arrays.stream(Kind.values())
        .flatMap(kind -> Stream.of(MULTIPART + "; type=\"" + kind.mediaType + "\"", kind.mediaType))
        .toList();
  }

  /**
   * The payload of a request.
   *
   * @throws UnsupportedContentException when it is something else
   */
  static StorePayload of(HttpServletRequest request) {
    String coding = Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_ENCODING)).orElse("");
    if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
      // What is unpacked can't be told beforehand, neither by us nor by the disk.
      throw new UnsupportedContentException("Content-Encoding isn't taken.", accepted());
    }
    MediaRange content =
        AcceptHeader.mediaType(Optional.ofNullable(request.getContentType()).orElse(""));
    boolean multipart = content.type().equals(MULTIPART);
    String type =
        multipart
            ? content.parameters().getOrDefault("type", Kind.OBJECTS.mediaType)
            : content.type();
    Kind kind = Kind.of(type).orElseThrow(() -> new UnsupportedContentException(accepted()));
    return new StorePayload(
        kind,
        multipart
            ? Optional.of(content.parameters().getOrDefault("boundary", ""))
            : Optional.empty());
  }
}
