package org.regionalpacs.webworker.changes;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.regionalpacs.webworker.changes.WebhookProperties.Target;

/** Posts to a target. Redirects aren't followed: what is posted is for that address only. */
final class WebhookRequest {
  /** {@code sha256=} and the HMAC-SHA256 (RFC 2104) of the body, in hexadecimal digits. */
  static final String SIGNATURE = "X-Pacs-Signature";

  private static final String ALGORITHM = "HmacSHA256";
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Target target;
  private final Duration timeout;

  WebhookRequest(Target target, Duration timeout) {
    this.target = target;
    this.timeout = timeout;
  }

  /**
   * Posts.
   *
   * @throws IOException when it isn't answered in time, or not with 2xx
   */
  void post(byte[] body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.url())
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!target.secret().isEmpty()) {
      request.header(SIGNATURE, "sha256=" + signature(body));
    }
    HttpResponse<InputStream> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    // Whatever it says, however long: closing ends it.
    answer.body().close();
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("it answers with status " + answer.statusCode());
    }
  }

  private String signature(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(target.secret().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
