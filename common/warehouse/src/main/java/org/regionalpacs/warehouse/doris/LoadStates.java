package org.regionalpacs.warehouse.doris;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the frontends how the load with a label ended: {@code GET
 * /api/{database}/get_load_state?label=}.
 */
final class LoadStates {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final int LARGEST_ANSWER = 64 * 1024;

  /** How a load stands. */
  enum State {
    /** Its rows are there. */
    COMMITTED,
    /** It was given up, or never begun: the label is free. */
    FREE,
    /** It goes on. */
    UNDER_WAY,
    /** No frontend could tell. */
    UNTOLD
  }

  private final DorisProperties settings;
  private final DorisHttp http;
  private final Frontends frontends;

  LoadStates(DorisProperties settings, DorisHttp http, Frontends frontends) {
    this.settings = settings;
    this.http = http;
    this.frontends = frontends;
  }

  /**
   * Waits until the load has ended.
   *
   * @return {@link State#UNDER_WAY} when it hasn't by the deadline
   */
  State settled(String label, Deadline deadline) throws WarehouseUnavailableException {
    State state = ask(label, deadline);
    while (state == State.UNDER_WAY && !deadline.passed()) {
      pause(deadline.left(BETWEEN));
      State next = ask(label, deadline);
      state = next == State.UNTOLD && deadline.passed() ? State.UNDER_WAY : next;
    }
    return state;
  }

  static void pause(Duration time) throws WarehouseUnavailableException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WarehouseUnavailableException("interrupted while waiting for Doris", e);
    }
  }

  private State ask(String label, Deadline deadline) {
    for (URI frontend : frontends.inOrder()) {
      if (deadline.passed()) {
        return State.UNTOLD;
      }
      Optional<State> state = ask(frontend, label, deadline.within(LONGEST_ANSWER));
      if (state.isPresent()) {
        return state.get();
      }
    }
    return State.UNTOLD;
  }

  private Optional<State> ask(URI frontend, String label, Deadline deadline) {
    URI at = frontend.resolve("/api/" + settings.database() + "/get_load_state?label=" + label);
    try {
      for (int hop = 0; hop < Redirects.MOST; hop++) {
        DorisHttp.Answer answer = http.get(at, deadline.left(LONGEST_ANSWER), LARGEST_ANSWER);
        if (answer.ok()) {
          return state(answer.body());
        }
        Optional<URI> next = answer.redirects() ? Redirects.target(at, answer) : Optional.empty();
        if (next.isEmpty()) {
          return Optional.empty();
        }
        at = next.get();
      }
    } catch (IOException e) {
      frontends.failed(frontend);
    }
    return Optional.empty();
  }

  private static Optional<State> state(byte[] body) {
    try {
      return switch (JSON.readTree(body).path("data").asString("")) {
        case "VISIBLE", "COMMITTED" -> Optional.of(State.COMMITTED);
        case "PREPARE", "PRECOMMITTED" -> Optional.of(State.UNDER_WAY);
        case "ABORTED", "UNKNOWN" -> Optional.of(State.FREE);
        default -> Optional.empty();
      };
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
