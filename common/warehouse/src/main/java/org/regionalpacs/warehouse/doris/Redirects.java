package org.regionalpacs.warehouse.doris;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where Doris sends on to. */
final class Redirects {
  /** Frontend, its master, backend. */
  static final int MOST = 3;

  private Redirects() {}

  /**
   * The place that an answer names, without the credentials that some versions put into it; empty
   * when it is none for HTTP.
   */
  static Optional<URI> target(URI from, DorisHttp.Answer answer) {
    try {
      URI to = from.resolve(new URI(answer.headers().firstValue("location").orElse("")));
      boolean http = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
      if (!http || to.getHost() == null) {
        return Optional.empty();
      }
      String query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
      String port = to.getPort() < 0 ? "" : ":" + to.getPort();
      return Optional.of(
          URI.create(to.getScheme() + "://" + to.getHost() + port + to.getRawPath() + query));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
