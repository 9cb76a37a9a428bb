package org.regionalpacs.test.doris;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A backend: it takes the rows. */
final class FakeBackend implements HttpWire.Service {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<DorisFault> MINE =
      EnumSet.range(DorisFault.BACKEND_ERROR, DorisFault.ENDLESS_ERROR_LOG);
  private static final String ERRORS = "/api/_load_error_log?file=";

  private final FakeDoris doris;
  private final Map<String, DorisTable> tables;
  private final Map<String, String> errorLogs = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  FakeBackend(FakeDoris doris, Map<String, DorisTable> tables) {
    this.doris = doris;
    this.tables = tables;
  }

  @Override
  public void serve(HttpWire.Exchange exchange) throws IOException {
    if (exchange.target().startsWith(ERRORS)) {
      errorLog(exchange, exchange.target().substring(ERRORS.length()));
      return;
    }
    if (!FakeFrontend.authorized(exchange)) {
      exchange.answer(401, "", "{}");
      return;
    }
    String[] path = exchange.target().split("/");
    DorisTable table = path.length > 3 ? tables.get(path[3]) : null;
    if (table == null) {
      exchange.answer(200, "", answer("", "Fail", "[ANALYSIS_ERROR]unknown table", "").toString());
      return;
    }
    doris.loading();
    load(exchange, table, doris.take(MINE));
  }

  private void errorLog(HttpWire.Exchange exchange, String name) throws IOException {
    if (name.startsWith("endless")) {
      exchange.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
      while (true) {
        exchange.write("Reason: nothing in particular\n");
      }
    }
    String log = errorLogs.get(name);
    exchange.answer(log == null ? 404 : 200, "", log == null ? "" : log);
  }

  private void load(HttpWire.Exchange exchange, DorisTable table, Optional<DorisFault> fault)
      throws IOException {
    String label = exchange.header("label");
    if (fault.equals(Optional.of(DorisFault.BACKEND_ERROR))) {
      exchange.answer(503, "", "");
      return;
    }
    boolean gzip = exchange.header("compress_type").equals("gz");
    if (gzip && fault.equals(Optional.of(DorisFault.NO_COMPRESSED_JSON))) {
      fail(exchange, label, "compress data of JSON format is not supported.");
      return;
    }
    if (!asAsked(exchange)) {
      fail(exchange, label, "[INVALID_ARGUMENT]the headers are not those of this product");
      return;
    }
    fault.ifPresent(kind -> another(kind, exchange, table, label));
    String existing = doris.labels().begin(label);
    if (!existing.isEmpty()) {
      ObjectNode answer = answer(label, "Label Already Exists", "label has been used", "");
      exchange.answer(200, "", answer.put("ExistingJobStatus", existing).toString());
      return;
    }
    String end = "ABORTED";
    try {
      if (fault.equals(Optional.of(DorisFault.BACKEND_DIES_MIDWAY))) {
        exchange.body(10);
        exchange.reset();
        return;
      }
      if (fault.equals(Optional.of(DorisFault.BACKEND_FAILS))) {
        fail(exchange, label, "[MEM_LIMIT_EXCEEDED]no memory for [patient 4711]");
        return;
      }
      byte[] body = exchange.body(Integer.MAX_VALUE);
      List<String> errors = new ArrayList<>();
      List<JsonNode> rows = rows(body, gzip, table, errors);
      if (errors.isEmpty()) {
        doris.commit(table, rows);
        end = "VISIBLE";
        doris.labels().end(label, end);
        committed(exchange, label, fault);
        return;
      }
      doris.labels().end(label, end);
      refuse(exchange, label, errors, fault);
    } finally {
      doris.labels().end(label, end);
    }
  }

  private static boolean asAsked(HttpWire.Exchange exchange) {
    return exchange.header("format").equals("json")
        && exchange.header("read_json_by_line").equals("true")
        && exchange.header("strict_mode").equals("true")
        && exchange.header("max_filter_ratio").equals("0")
        && exchange.header("group_commit").equals("off_mode")
        && exchange.header("timezone").equals("+00:00")
        && exchange.header("timeout").matches("[1-9][0-9]*");
  }

  /** Another client had the label before. */
  private void another(
      DorisFault fault, HttpWire.Exchange exchange, DorisTable table, String label) {
    switch (fault) {
      case RUNNING_THEN_FINISHED -> {
        doris.labels().begin(label);
        doris
            .labels()
            .whenAsked(
                label,
                () -> {
                  doris.commit(table, List.of());
                  doris.labels().end(label, "VISIBLE");
                });
      }
      case RUNNING_THEN_ABORTED -> {
        doris.labels().begin(label);
        doris.labels().whenAsked(label, () -> doris.labels().end(label, "ABORTED"));
      }
      case RUNNING_FOR_EVER -> doris.labels().begin(label);
      default -> {
        // Nobody else.
      }
    }
  }

  private static List<JsonNode> rows(
      byte[] body, boolean gzip, DorisTable table, List<String> errors) throws IOException {
    byte[] plain = gzip ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
    List<JsonNode> rows = new ArrayList<>();
    for (String line : new String(plain, StandardCharsets.UTF_8).split("\n")) {
      try {
        JsonNode row = JSON.readTree(line);
        rows.add(row);
        table.against(row).ifPresent(errors::add);
      } catch (JacksonException e) {
        errors.add("Reason: Parse json data failed. src line [" + line + "]; ");
      }
    }
    return rows;
  }

  private void refuse(
      HttpWire.Exchange exchange, String label, List<String> errors, Optional<DorisFault> fault)
      throws IOException {
    String name = "error_log_" + number.incrementAndGet();
    errorLogs.put(name, String.join("\n", errors) + "\n");
    String own = "http://127.0.0.1:" + exchange.socket().getLocalPort() + ERRORS;
    String url =
        switch (fault.orElse(DorisFault.BACKEND_ERROR)) {
          case FOREIGN_ERROR_LOG -> own.replace("127.0.0.1", "localhost") + name;
          case NO_ERROR_LOG -> own + "gone";
          case ENDLESS_ERROR_LOG -> own + "endless";
          default -> own + name;
        };
    ObjectNode answer = answer(label, "Fail", "[DATA_QUALITY_ERROR]too many filtered rows", url);
    exchange.answer(200, "", answer.put("NumberFilteredRows", errors.size()).toString());
  }

  private static void committed(
      HttpWire.Exchange exchange, String label, Optional<DorisFault> fault) throws IOException {
    String success = answer(label, "Success", "OK", "").toString();
    switch (fault.orElse(DorisFault.BACKEND_ERROR)) {
      case TIMEOUT_AFTER_COMMIT -> exchange.hang();
      case HALF_ANSWER ->
          exchange.write(
              "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(success.length(), success.substring(0, 20)));
      case HALF_JSON -> exchange.answer(200, "", success.substring(0, 20));
      case PUBLISH_TIMEOUT ->
          exchange.answer(200, "", answer(label, "Publish Timeout", "", "").toString());
      case UNKNOWN_STATUS -> exchange.answer(200, "", answer(label, "Splendid", "", "").toString());
      default -> exchange.answer(200, "", success);
    }
  }

  private static void fail(HttpWire.Exchange exchange, String label, String message)
      throws IOException {
    exchange.answer(200, "", answer(label, "Fail", message, "").toString());
  }

  private static ObjectNode answer(String label, String status, String message, String errorUrl) {
    ObjectNode answer =
        JSON.createObjectNode().put("Label", label).put("Status", status).put("Message", message);
    return errorUrl.isEmpty() ? answer : answer.put("ErrorURL", errorUrl);
  }
}
