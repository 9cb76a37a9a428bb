package org.regionalpacs.wado.web;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.regionalpacs.dicom.data.UID;

/**
 * A multipart/related body (RFC 2387). It starts with the boundary line, as viewers expect, and
 * each part starts with its {@code Content-Type:}.
 */
public final class MultipartBody implements BodySource {
  private final String boundary;
  private final String partType;
  private final Iterable<Part> parts;
  private final boolean ready;

  /**
   * @param partType media type of the parts, without parameters
   */
  public MultipartBody(String partType, List<Part> parts) {
    this(partType, parts, true);
  }

  private MultipartBody(String partType, Iterable<Part> parts, boolean ready) {
    this.boundary = "pacs-" + UID.generate();
    this.partType = partType;
    this.parts = parts;
    this.ready = ready;
  }

  /** A body whose parts are made one by one while it is written, once. */
  public static MultipartBody ofParts(String partType, Iterator<Part> parts) {
    return new MultipartBody(partType, () -> parts, false);
  }

  /** Value of the response's Content-Type. */
  public String contentType() {
    return "multipart/related; type=\"" + partType + "\"; boundary=" + boundary;
  }

  /** Bytes of the whole body, if every part's are known. */
  public OptionalLong length() {
    if (!ready) {
      return OptionalLong.empty();
    }
    long total = end().length;
    for (Part part : parts) {
      if (part.length().isEmpty()) {
        return OptionalLong.empty();
      }
      total += head(part).length + part.length().getAsLong() + 2;
    }
    return OptionalLong.of(total);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try {
      for (Part part : parts) {
        out.write(head(part));
        part.body().writeTo(out);
        out.write('\r');
        out.write('\n');
      }
    } catch (UncheckedIOException e) {
      // A part that couldn't be made: an iterator has no other way to say it.
      throw e.getCause();
    }
    out.write(end());
  }

  private byte[] head(Part part) {
    StringBuilder head = new StringBuilder(160);
    head.append("--").append(boundary).append("\r\n");
    head.append("Content-Type: ").append(part.contentType()).append("\r\n");
    part.length().ifPresent(n -> head.append("Content-Length: ").append(n).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] end() {
    return ("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
