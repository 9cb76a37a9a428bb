package org.regionalpacs.test.doris;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A frontend: it sends loads on to the backend, and tells how they ended. */
final class FakeFrontend implements HttpWire.Service, AutoCloseable {
  private static final Set<DorisFault> MINE =
      EnumSet.range(DorisFault.UNAUTHORIZED, DorisFault.REDIRECT_ELSEWHERE);
  private static final String STATE = "/api/" + FakeDoris.DATABASE + "/get_load_state?label=";

  private final FakeDoris doris;
  private final HttpWire wire;

  FakeFrontend(FakeDoris doris) throws IOException {
    this.doris = doris;
    this.wire = new HttpWire(0, this);
  }

  int port() {
    return wire.port();
  }

  static boolean authorized(HttpWire.Exchange exchange) {
    byte[] pair = (FakeDoris.USER + ":" + FakeDoris.PASSWORD).getBytes(StandardCharsets.UTF_8);
    return exchange
        .header("authorization")
        .equals("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  @Override
  public void serve(HttpWire.Exchange exchange) throws IOException {
    if (!authorized(exchange)) {
      exchange.answer(401, "", "{\"msg\":\"Access denied\"}");
      return;
    }
    if (exchange.target().startsWith(STATE)) {
      String state = doris.labels().asked(exchange.target().substring(STATE.length()));
      exchange.answer(
          200, "", "{\"msg\":\"success\",\"code\":0,\"data\":\"" + state + "\",\"count\":0}");
      return;
    }
    if (exchange.header("expect").isEmpty()) {
      exchange.answer(
          200, "", "{\"status\":\"FAILED\",\"msg\":\"There is no 100-continue header\"}");
      return;
    }
    load(exchange, doris.take(MINE));
  }

  private void load(HttpWire.Exchange exchange, Optional<DorisFault> fault) throws IOException {
    if (fault.isEmpty()) {
      sendOn(exchange, "http", doris.advertised());
      return;
    }
    switch (fault.get()) {
      case UNAUTHORIZED -> exchange.answer(401, "", "{}");
      case FORBIDDEN -> exchange.answer(403, "", "{}");
      case FRONTEND_ERROR -> exchange.answer(500, "", "<html>");
      case FRONTEND_FAILS ->
          exchange.answer(200, "", "{\"status\":\"FAILED\",\"msg\":\"No backend load available\"}");
      case FRONTEND_HANGS -> exchange.hang();
      case DEAD_BACKEND -> sendOn(exchange, "http", FakeDoris.deadPort());
      case REDIRECT_LOOP -> {
        doris.next(DorisFault.REDIRECT_LOOP);
        sendOn(exchange, "http", port());
      }
      case REDIRECT_ELSEWHERE -> sendOn(exchange, "ftp", doris.advertised());
      default -> throw new IllegalStateException(fault + " is none of a frontend");
    }
  }

  /** With the user in the address, as Doris does. */
  private static void sendOn(HttpWire.Exchange exchange, String scheme, int port)
      throws IOException {
    exchange.answer(
        307,
        "Location: %s://%s:x@127.0.0.1:%d%s\r\n"
            .formatted(scheme, FakeDoris.USER, port, exchange.target()),
        "");
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
