package org.regionalpacs.wado.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
  private final List<Part> parts;

  /**
   * @param partType media type of the parts, without parameters
   */
  public MultipartBody(String partType, List<Part> parts) {
    this.boundary = "pacs-" + UID.generate();
    this.partType = partType;
    this.parts = parts;
  }

  /** Value of the response's Content-Type. */
  public String contentType() {
    return "multipart/related; type=\"" + partType + "\"; boundary=" + boundary;
  }

  /** Bytes of the whole body, if every part's are known. */
  public OptionalLong length() {
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
    for (Part part : parts) {
      out.write(head(part));
      part.body().writeTo(out);
      out.write('\r');
      out.write('\n');
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
