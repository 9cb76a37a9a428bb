package org.regionalpacs.intake.serve;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.peer.PeerPaths;
import org.regionalpacs.storage.peer.PeerSignature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the services of other hosts what is on this node's disk: {@code GET}, {@code HEAD} of
 * {@code /nodes/<node>/online/<path>} and {@code /nodes/<node>/derived/<name>}, with a range of
 * bytes or without, and {@code DELETE} of the latter. Who doesn't know the secret learns nothing,
 * not even which files there are.
 */
final class NodeFilesServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(NodeFilesServlet.class);
  private static final int BUFFER = 128 * 1024;
  private static final int MISDIRECTED = 421;

  private final transient NodeFiles files;
  private final transient PeerSignature signature;
  private final transient MeterRegistry meters;

  NodeFilesServlet(NodeFiles files, PeerSignature signature, MeterRegistry meters) {
    this.files = files;
    this.signature = signature;
    this.meters = meters;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    PeerSignature.Verdict verdict =
        signature.verify(
            request.getHeader("Authorization"),
            request.getMethod(),
            request.getRequestURI(),
            Instant.now());
    boolean valid = verdict == PeerSignature.Verdict.VALID;
    if (valid) {
      response.setHeader(PeerPaths.NODE_HEADER, files.node());
    }
    int status = valid ? answer(request, response) : refuse(verdict);
    if (!response.isCommitted()) {
      response.setStatus(status);
    }
    meters.counter("pacs.peer.served", "status", String.valueOf(status)).increment();
  }

  private static int refuse(PeerSignature.Verdict verdict) {
    LOG.warn(
        verdict == PeerSignature.Verdict.OUT_OF_TIME
            ? "A service of another host was refused: its clock and this one's differ by more than"
                + " 5 minutes"
            : "A request for this node's files was refused: it has no signature by"
                + " pacs.peers.secret");
    return HttpServletResponse.SC_UNAUTHORIZED;
  }

  private int answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Optional<Wanted> wanted = Wanted.of(request.getPathInfo());
    if (wanted.isEmpty()) {
      return HttpServletResponse.SC_NOT_FOUND;
    }
    if (!wanted.get().node().equals(files.node())) {
      // The address was another node's before.
      return MISDIRECTED;
    }
    try {
      return switch (request.getMethod()) {
        case "GET" -> send(wanted.get(), request.getHeader("Range"), response, true);
        case "HEAD" -> send(wanted.get(), null, response, false);
        case "DELETE" -> delete(wanted.get());
        default -> HttpServletResponse.SC_METHOD_NOT_ALLOWED;
      };
    } catch (IllegalArgumentException | BlobMissingException | NoSuchFileException e) {
      return HttpServletResponse.SC_NOT_FOUND;
    }
  }

  /**
   * What a path names.
   *
   * @param kind of {@link PeerPaths}
   */
  private record Wanted(String node, String kind, String name) {
    private static final int PARTS = 4;

    /** Of {@code /<node>/<kind>/<name>}. */
    static Optional<Wanted> of(String path) {
      String[] parts = path == null ? new String[0] : path.split("/", PARTS);
      return parts.length == PARTS && !parts[3].isEmpty()
          ? Optional.of(new Wanted(parts[1], parts[2], parts[3]))
          : Optional.empty();
    }
  }

  private int delete(Wanted wanted) throws IOException {
    if (!wanted.kind().equals(PeerPaths.DERIVED)) {
      return HttpServletResponse.SC_METHOD_NOT_ALLOWED;
    }
    files.deleteDerived(wanted.name());
    return HttpServletResponse.SC_NO_CONTENT;
  }

  private int send(Wanted wanted, String rangeHeader, HttpServletResponse response, boolean body)
      throws IOException {
    Optional<NodeFiles.Opened> opened = files.open(wanted.kind(), wanted.name());
    if (opened.isEmpty()) {
      return HttpServletResponse.SC_NOT_FOUND;
    }
    long size = opened.get().size();
    Optional<ByteRange> range = ByteRange.of(rangeHeader, size);
    if (range.isEmpty()) {
      response.setHeader("Content-Range", "bytes */" + size);
      return HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE;
    }
    int status =
        rangeHeader == null ? HttpServletResponse.SC_OK : HttpServletResponse.SC_PARTIAL_CONTENT;
    if (rangeHeader != null) {
      response.setHeader("Content-Range", range.get().contentRange(size));
    }
    if (!body) {
      response.setContentLengthLong(size);
      return status;
    }
    // Opened before the status is said: it may have just gone.
    try (InputStream in = opened.get().range(range.get().first(), range.get().length())) {
      response.setStatus(status);
      response.setContentType("application/octet-stream");
      response.setContentLengthLong(range.get().length());
      copy(in, response);
    }
    return status;
  }

  private static void copy(InputStream in, HttpServletResponse response) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      response.getOutputStream().write(buffer, 0, count);
    }
  }
}
