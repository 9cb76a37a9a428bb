package org.regionalpacs.warehouse.doris;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to Doris, with the credentials, each bounded in time and in what it may answer.
 *
 * <p>Redirects are not followed here: the JDK's client would leave out the credentials.
 */
final class DorisHttp implements AutoCloseable {
  private final HttpClient client;
  private final String authorization;

  DorisHttp(DorisProperties settings) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .build();
    byte[] pair = (settings.user() + ":" + settings.password()).getBytes(StandardCharsets.UTF_8);
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** What came back. */
  record Answer(int status, HttpHeaders headers, byte[] body) {
    boolean ok() {
      return status >= 200 && status < 300;
    }

    /** Whether the password or a right was refused. */
    boolean denied() {
      return status == 401 || status == 403;
    }

    boolean redirects() {
      return status >= 301 && status <= 308 && headers.firstValue("location").isPresent();
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** The server was not reached, so nothing has happened there. */
  static final class NotReachedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotReachedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).header("Authorization", authorization);
  }

  Answer get(URI uri, Duration limit, int most) throws IOException {
    return send(request(uri).GET().build(), limit, most);
  }

  /**
   * Sends, and reads the whole answer.
   *
   * @param limit for all of it
   * @param most bytes that are read; an answer with more is a failure
   * @throws NotReachedException when there was no connection
   * @throws IOException when it isn't known what the server did
   */
  Answer send(HttpRequest request, Duration limit, int most) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> future =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
    String where = request.uri().getHost() + ":" + request.uri().getPort();
    try {
      HttpResponse<byte[]> response = future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      throw new IOException(where + " has not answered within " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectException
          || e.getCause() instanceof HttpConnectTimeoutException) {
        throw new NotReachedException(where + " can't be reached", e.getCause());
      }
      throw new IOException(where + " failed: " + e.getCause(), e.getCause());
    } finally {
      future.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
