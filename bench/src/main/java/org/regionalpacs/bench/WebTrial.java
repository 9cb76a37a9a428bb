package org.regionalpacs.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Servers that are asked the same in turn. */
final class WebTrial {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration MOST_AFTER_ANSWERS = Duration.ofSeconds(5);

  private final Contest contest;
  private final Turns turns;
  private final WebOptions options;
  private final Map<Server, HttpLoad> loads = new HashMap<>();

  WebTrial(Contest contest, WebOptions options) {
    this.contest = contest;
    this.turns = contest.turns();
    this.options = options;
    contest.servers().forEach(server -> loads.put(server, new HttpLoad(server.http())));
  }

  /** What a server is asked; what is asked is picked at random. */
  interface Calls {
    List<HttpCall> of(Server who);
  }

  /** Warms everybody up. */
  void warmUp(WebCase what, Calls calls) throws IOException {
    for (Server who : contest.servers()) {
      loads.get(who).run(calls.of(who), what.clients(), who.warmsUp() ? options.warmUp() : SHORT);
    }
  }

  /** A turn of each that counts. */
  void round(WebCase what, Calls calls) throws IOException, InterruptedException {
    for (Server who : contest.servers()) {
      turn(what, who, calls.of(who));
    }
  }

  /** A turn of one. */
  void turn(WebCase what, Server who, List<HttpCall> calls)
      throws IOException, InterruptedException {
    HttpLoad load = loads.get(who);
    Held held = new Held();
    Turn turn =
        turns.take(
            who,
            () -> {
              held.result = load.run(calls, what.clients(), options.time());
              // The logs of accesses come after the answers, and aren't to disturb the next one.
              Turns.settle(who, MOST_AFTER_ANSWERS);
            });
    HttpLoad.Result result = held.result;
    Figures figures = contest.figures();
    figures.add(what.rate(), who, what.bytes() ? result.megabytesPerSecond() : result.rate());
    figures.add(what.median(), who, result.latencies().percentile(50));
    figures.add(what.slow(), who, result.latencies().percentile(95));
    contest.costs().add(what.title(), who, result.latencies().count(), turn);
  }

  private static final class Held {
    HttpLoad.Result result;
  }
}
