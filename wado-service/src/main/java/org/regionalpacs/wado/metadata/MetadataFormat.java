package org.regionalpacs.wado.metadata;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;

/** The media types of metadata (PS3.18 8.7.3.2), the default first. */
enum MetadataFormat {
  /** An array of all instances. */
  DICOM_JSON("application/dicom+json", false),
  /** The same by its older name. */
  JSON("application/json", false),
  /** A part of multipart/related for each instance. */
  DICOM_XML("application/dicom+xml", true);

  private final String mediaType;
  private final boolean multipart;

  MetadataFormat(String mediaType, boolean multipart) {
    this.mediaType = mediaType;
    this.multipart = multipart;
  }

  /**
   * The format that is most wanted.
   *
   * @throws NotAcceptableException when none is accepted
   */
  static MetadataFormat negotiate(HttpServletRequest request) {
    for (MediaRange range : AcceptHeader.of(request)) {
      for (MetadataFormat format : values()) {
        boolean body = range.anything() || range.multipart() == format.multipart;
        if (body && range.covers(format.mediaType)) {
          return format;
        }
      }
    }
    throw new NotAcceptableException(Arrays.stream(values()).map(MetadataFormat::written).toList());
  }

  /** Of the body, or of each part. */
  String mediaType() {
    return mediaType;
  }

  private String written() {
    return multipart ? "multipart/related; type=\"" + mediaType + "\"" : mediaType;
  }
}
