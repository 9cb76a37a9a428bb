package org.regionalpacs.storage.peer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the services of other nodes. Every wait ends: for a connection, for an answer, for each
 * piece of it. An address that failed isn't asked for a while, so that readers turn to another
 * place at once.
 */
final class PeerClient implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerClient.class);

  /** So long an address that failed is left alone. */
  private static final Duration REST = Duration.ofSeconds(3);

  private static final Duration IDLE = Duration.ofSeconds(20);

  private final Function<String, List<URI>> addresses;
  private final PeerSignature signature;
  private final CloseableHttpClient http;
  private final Map<URI, Long> resting = new ConcurrentHashMap<>();

  /**
   * @param addresses of a node, the best first
   * @param trust in the others' certificates; empty: that of Java
   */
  PeerClient(
      Function<String, List<URI>> addresses,
      PeerProperties properties,
      Optional<SSLContext> trust) {
    this.addresses = addresses;
    this.signature = new PeerSignature(properties.secret());
    Timeout connect = Timeout.of(properties.connectTimeout());
    Timeout read = Timeout.of(properties.readTimeout());
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnPerRoute(properties.connections())
            .setMaxConnTotal(properties.connections() * 8)
            .setDefaultSocketConfig(
                SocketConfig.custom().setTcpNoDelay(true).setSoTimeout(read).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    .setSocketTimeout(read)
                    .setTimeToLive(Timeout.ofMinutes(5))
                    .build());
    trust.ifPresent(
        context -> connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(context)));
    this.http =
        HttpClients.custom()
            .setConnectionManager(connections.build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(read)
                    .setResponseTimeout(read)
                    .build())
            .evictIdleConnections(Timeout.of(IDLE))
            .evictExpiredConnections()
            // Once, when a kept connection turns out to be closed.
            .setRetryStrategy(new DefaultHttpRequestRetryStrategy(1, TimeValue.ofMilliseconds(20)))
            .disableContentCompression()
            .disableCookieManagement()
            .disableRedirectHandling()
            .build();
  }

  /** An answer; it is to be closed. */
  interface Reading<T> {
    /**
     * Takes it, and closes it unless what it returns does.
     *
     * @param abort ends the transfer
     */
    T take(ClassicHttpResponse answer, Runnable abort) throws IOException;
  }

  /** Whether a node has an address that isn't known to fail. */
  boolean reaches(String node) {
    return addresses.apply(node).stream().anyMatch(this::rested);
  }

  /**
   * A range of what a node has.
   *
   * @param path as {@link PeerPaths} makes it
   * @param length of the range, more than 0
   * @param size of the whole, -1 when it isn't known
   * @return empty when the node hasn't got it, or of another size
   */
  Optional<InputStream> get(String node, String path, long offset, long length, long size)
      throws IOException {
    return ask(
        node,
        () -> {
          HttpUriRequestBase request = request("GET", path);
          request.setHeader(
              HttpHeaders.RANGE, "bytes=%d-%d".formatted(offset, offset + length - 1));
          return request;
        },
        (answer, abort) -> range(answer, abort, offset, length, size));
  }

  private static Optional<InputStream> range(
      ClassicHttpResponse answer, Runnable abort, long offset, long length, long size)
      throws IOException {
    ContentRange range = ContentRange.of(answer);
    if (range.first() != offset
        || range.length() != length
        || size >= 0 && range.size() != size
        || answer.getEntity() == null) {
      abort.run();
      return Optional.empty();
    }
    return Optional.of(new PeerStream(answer, abort, length));
  }

  /** Bytes of what a node has; empty when it hasn't got it. */
  Optional<Long> size(String node, String path) throws IOException {
    return ask(
        node,
        () -> request("HEAD", path),
        (answer, _) -> {
          try (answer) {
            return Optional.of(
                Long.parseLong(answer.getFirstHeader(HttpHeaders.CONTENT_LENGTH).getValue()));
          }
        });
  }

  /** Has a node delete something; that it isn't there is a success. */
  void delete(String node, String path) throws IOException {
    ask(
        node,
        () -> request("DELETE", path),
        (answer, _) -> {
          answer.close();
          return Optional.of(true);
        });
  }

  private HttpUriRequestBase request(String method, String path) {
    HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(path));
    request.setHeader(HttpHeaders.AUTHORIZATION, signature.header(method, path, Instant.now()));
    return request;
  }

  private interface Requests {
    HttpUriRequestBase make();
  }

  private <T> Optional<T> ask(String node, Requests requests, Reading<Optional<T>> reading)
      throws IOException {
    List<URI> all = addresses.apply(node);
    List<URI> rested = all.stream().filter(this::taken).toList();
    if (rested.isEmpty()) {
      throw new PeerUnreachableException(
          all.isEmpty()
              ? "no service of node " + node + " has told its address (pacs.peers.url)"
              : "node " + node + " didn't answer a moment ago");
    }
    IOException failure = null;
    for (URI address : rested) {
      try {
        return ask(node, address, requests.make(), reading);
      } catch (IOException e) {
        LOG.debug("Node {} at {}: {}", node, address, e.toString());
        failure = e;
      } catch (RuntimeException e) {
        // Of an address that is none, say: nothing against the other places of a file.
        failure = new IOException(address + ": " + e, e);
      }
    }
    throw new PeerUnreachableException(
        "node " + node + " can't be asked: " + failure.getMessage(), failure);
  }

  /** An address may lead to something else, which knows nothing of the node's files. */
  private static void requireNode(ClassicHttpResponse answer, String node, URI address)
      throws IOException {
    Header said = answer.getFirstHeader(PeerPaths.NODE_HEADER);
    if (said == null || !said.getValue().equals(node)) {
      throw new IOException(
          address
              + " isn't where node "
              + node
              + " gives its files: is pacs.peers.url right there?");
    }
  }

  private <T> Optional<T> ask(
      String node, URI address, HttpUriRequestBase request, Reading<Optional<T>> reading)
      throws IOException {
    ClassicHttpResponse answer = send(address, request);
    try {
      return switch (answer.getCode()) {
        case HttpStatus.SC_OK, HttpStatus.SC_PARTIAL_CONTENT, HttpStatus.SC_NO_CONTENT -> {
          requireNode(answer, node, address);
          yield reading.take(answer, request::abort);
        }
        case HttpStatus.SC_NOT_FOUND, HttpStatus.SC_REQUESTED_RANGE_NOT_SATISFIABLE -> {
          requireNode(answer, node, address);
          answer.close();
          yield Optional.empty();
        }
        case HttpStatus.SC_UNAUTHORIZED ->
            throw new IOException(
                address
                    + " doesn't know this service: is pacs.peers.secret the same on both hosts,"
                    + " and are their clocks right?");
        default -> throw new IOException(address + " answers " + answer.getCode());
      };
    } catch (IOException | RuntimeException e) {
      answer.close();
      throw e;
    }
  }

  private ClassicHttpResponse send(URI address, HttpUriRequestBase request) throws IOException {
    try {
      ClassicHttpResponse answer = http.executeOpen(HttpHost.create(address), request, null);
      resting.remove(address);
      return answer;
    } catch (ConnectionRequestTimeoutException | RequestFailedException e) {
      // All connections are in use here, or nobody waits for it any more: nothing against that
      // node.
      throw e;
    } catch (IOException e) {
      if (!Thread.currentThread().isInterrupted()) {
        resting.put(address, System.nanoTime());
      }
      throw e;
    }
  }

  private boolean rested(URI address) {
    Long since = resting.get(address);
    return since == null || System.nanoTime() - since > REST.toNanos();
  }

  /** After its rest one reader tries an address; for the others it rests until that one knows. */
  private boolean taken(URI address) {
    Long since = resting.get(address);
    return since == null
        || System.nanoTime() - since > REST.toNanos()
            && resting.replace(address, since, System.nanoTime());
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
