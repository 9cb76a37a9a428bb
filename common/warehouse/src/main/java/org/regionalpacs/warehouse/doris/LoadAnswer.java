package org.regionalpacs.warehouse.doris;

import java.util.Locale;
import java.util.Optional;
import org.regionalpacs.warehouse.WarehouseTable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backend says at the end of a Stream Load.
 *
 * @param status {@code Success}, {@code Publish Timeout} (committed, to be seen soon), {@code Label
 *     Already Exists} or {@code Fail}
 * @param existing of the load that has the label already: {@code RUNNING} or {@code FINISHED}
 * @param message in words
 * @param filtered rows that don't fit
 * @param errorUrl where the reasons are
 */
record LoadAnswer(
    String status, String existing, String message, long filtered, Optional<String> errorUrl) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Empty when it isn't such an answer, or not all of one. */
  static Optional<LoadAnswer> parse(byte[] body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    if (!json.isObject() || !json.path("Status").isString()) {
      return Optional.empty();
    }
    return Optional.of(
        new LoadAnswer(
            json.path("Status").asString(),
            json.path("ExistingJobStatus").asString(""),
            json.path("Message").asString(""),
            json.path("NumberFilteredRows").asLong(0),
            Optional.of(json.path("ErrorURL").asString("")).filter(url -> !url.isEmpty())));
  }

  /** What it means; a refusal has the message as its reason. */
  LoadOutcome outcome(WarehouseTable table) {
    String reason = Reasons.of(message, table);
    return switch (status) {
      case "Success", "Publish Timeout" -> new LoadOutcome.Committed();
      case "Label Already Exists" ->
          "FINISHED".equals(existing)
              ? new LoadOutcome.CommittedBefore()
              : new LoadOutcome.UnderWay();
      case "Fail" -> {
        String words = message.toLowerCase(Locale.ROOT);
        if (filtered > 0
            || words.contains("data_quality_error")
            || words.contains("too many filtered rows")) {
          yield new LoadOutcome.Refused(reason);
        }
        if (words.contains("compress") && words.contains("not supported")) {
          yield new LoadOutcome.NotCompressed();
        }
        yield new LoadOutcome.NotLoaded("Doris failed: " + reason);
      }
      default ->
          new LoadOutcome.Unknown("Doris answered the unknown status " + Reasons.of(status, table));
    };
  }
}
