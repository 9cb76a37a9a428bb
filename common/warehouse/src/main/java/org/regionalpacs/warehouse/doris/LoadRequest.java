package org.regionalpacs.warehouse.doris;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.warehouse.WarehouseTable;

/** One Stream Load, by a frontend to the backend that it names. */
final class LoadRequest {
  private static final int LARGEST_ANSWER = 256 * 1024;
  private static final int LARGEST_ERROR_LOG = 64 * 1024;
  private static final Duration LONGEST_ERROR_LOG = Duration.ofSeconds(3);

  private final DorisProperties settings;
  private final DorisHttp http;
  private final Frontends frontends;

  LoadRequest(DorisProperties settings, DorisHttp http, Frontends frontends) {
    this.settings = settings;
    this.http = http;
    this.frontends = frontends;
  }

  /**
   * What is sent.
   *
   * @param rows JSON lines
   * @param gzip whether they are compressed
   */
  record Load(WarehouseTable table, String label, byte[] rows, boolean gzip) {}

  LoadOutcome send(URI frontend, Load load, Deadline deadline) {
    URI at =
        frontend.resolve(
            "/api/" + settings.database() + "/" + load.table().table() + "/_stream_load");
    Set<String> hosts = new HashSet<>();
    settings.frontends().forEach(known -> hosts.add(known.getHost()));
    for (int hop = 0; hop <= Redirects.MOST; hop++) {
      DorisHttp.Answer answer;
      try {
        answer =
            http.send(request(at, load), deadline.left(settings.answerTimeout()), LARGEST_ANSWER);
      } catch (DorisHttp.NotReachedException e) {
        failed(hop, frontend);
        return new LoadOutcome.NotLoaded(e.getMessage());
      } catch (IOException e) {
        failed(hop, frontend);
        return new LoadOutcome.Unknown(e.getMessage());
      }
      if (!answer.redirects()) {
        if (hop == 0 && answer.status() >= 500) {
          frontends.failed(frontend);
        }
        return ended(at, load, answer, hosts, deadline);
      }
      Optional<URI> next = Redirects.target(at, answer);
      if (next.isEmpty()) {
        frontends.failed(frontend);
        return new LoadOutcome.NotLoaded(name(at) + " sent on to something that isn't HTTP");
      }
      frontends.answered(frontend);
      at = next.get();
      hosts.add(at.getHost());
    }
    frontends.failed(frontend);
    return new LoadOutcome.NotLoaded(name(frontend) + " sent on too often");
  }

  private void failed(int hop, URI frontend) {
    if (hop == 0) {
      frontends.failed(frontend);
    }
  }

  private HttpRequest request(URI at, Load load) {
    HttpRequest.Builder request =
        http.request(at)
            // A frontend insists on it; rows are sent to the backend only.
            .expectContinue(true)
            .header("label", load.label())
            .header("format", "json")
            .header("read_json_by_line", "true")
            .header("strict_mode", "true")
            .header("max_filter_ratio", "0")
            .header("group_commit", "off_mode")
            // As delivered it would be that of Shanghai, for values that name a zone. Ours name
            // none.
            .header("timezone", "+00:00")
            .header("timeout", Long.toString(Math.max(1, settings.loadTimeout().toSeconds())))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(load.rows()));
    return (load.gzip() ? request.header("compress_type", "gz") : request).build();
  }

  private LoadOutcome ended(
      URI at, Load load, DorisHttp.Answer answer, Set<String> hosts, Deadline deadline) {
    if (answer.denied()) {
      return new LoadOutcome.Denied(
          name(at)
              + " answered "
              + answer.status()
              + ": check pacs.warehouse.doris.user and .password, and that the user may load");
    }
    if (!answer.ok()) {
      return new LoadOutcome.Unknown(name(at) + " answered " + answer.status());
    }
    Optional<LoadAnswer> parsed = LoadAnswer.parse(answer.body());
    if (parsed.isEmpty()) {
      return new LoadOutcome.Unknown(name(at) + " answered something else than how the load ended");
    }
    LoadOutcome outcome = parsed.get().outcome(load.table());
    if (outcome instanceof LoadOutcome.Refused(String reason)) {
      return new LoadOutcome.Refused(
          parsed
              .get()
              .errorUrl()
              .flatMap(url -> reasons(url, load.table(), hosts, deadline))
              .map(reasons -> reason + ": " + reasons)
              .orElse(reason));
    }
    return outcome;
  }

  private Optional<String> reasons(
      String errorUrl, WarehouseTable table, Set<String> hosts, Deadline deadline) {
    try {
      URI at = URI.create(errorUrl);
      if (!"http".equals(at.getScheme()) && !"https".equals(at.getScheme())
          || !hosts.contains(at.getHost())) {
        return Optional.empty();
      }
      DorisHttp.Answer answer = http.get(at, deadline.left(LONGEST_ERROR_LOG), LARGEST_ERROR_LOG);
      return Optional.of(answer)
          .filter(DorisHttp.Answer::ok)
          .map(log -> Reasons.inLog(log.text(), table))
          .filter(reasons -> !reasons.isEmpty());
    } catch (IOException | IllegalArgumentException e) {
      // The rows are refused all the same.
      return Optional.empty();
    }
  }

  private static String name(URI at) {
    return at.getHost() + ":" + at.getPort();
  }
}
