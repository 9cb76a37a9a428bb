package org.regionalpacs.wado.retrieve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.wado.web.Responses;
import org.springframework.http.HttpHeaders;

/** Sends bytes whole or by range (RFC 9110 14), straight from where they are stored. */
public final class ByteRanges {
  private ByteRanges() {}

  /**
   * Bytes that can be copied in parts.
   *
   * @param length how many there are
   * @param copy copies some of them
   */
  public record Bytes(long length, RangeCopy copy) {}

  /** Copies a part of the bytes. */
  @FunctionalInterface
  public interface RangeCopy {
    void copy(long offset, long length, OutputStream out) throws IOException;
  }

  /**
   * Sends them.
   *
   * @param etag strong entity tag of the bytes, in quotes
   */
  public static void send(
      HttpServletRequest request,
      HttpServletResponse response,
      String contentType,
      String etag,
      Bytes bytes)
      throws IOException {
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    response.setHeader(HttpHeaders.ETAG, etag);
    Optional<ByteRange> range = range(request, etag, bytes.length());
    ByteRange sent = range.orElse(new ByteRange(0, bytes.length()));
    if (range.isPresent()) {
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
      response.setHeader(HttpHeaders.CONTENT_RANGE, sent.contentRange(bytes.length()));
    }
    Responses.send(
        request,
        response,
        contentType,
        OptionalLong.of(sent.length()),
        out -> bytes.copy().copy(sent.first(), sent.length(), out));
  }

  /**
   * A range is for the bytes that the client has in part: If-Range names them (RFC 9110 13.1.5).
   */
  private static Optional<ByteRange> range(HttpServletRequest request, String etag, long size) {
    String range = request.getHeader(HttpHeaders.RANGE);
    String condition = request.getHeader(HttpHeaders.IF_RANGE);
    boolean applies = range != null && (condition == null || condition.equals(etag));
    return applies ? ByteRange.parse(range, size) : Optional.empty();
  }
}
