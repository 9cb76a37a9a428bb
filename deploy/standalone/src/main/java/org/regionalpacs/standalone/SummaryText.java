package org.regionalpacs.standalone;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import tools.jackson.databind.JsonNode;

/**
 * A summary of statistics for a terminal: a line each, today's number before that of the last 30
 * days.
 *
 * @param summary as wado-service answers it
 */
record SummaryText(JsonNode summary) {
  private static final List<Integer> PERCENTILES = List.of(50, 90, 95, 99);
  private static final int NAME = 26;

  void print(PrintStream out) {
    out.printf("%-26s %14s %14s%n", "Days in UTC", "today", "last 30 days");
    out.printf("%nReceived%n");
    for (String member : List.of("Studies", "Series", "Instances")) {
      line(out, member.toLowerCase(Locale.ROOT), "/" + member, SummaryText::count);
    }
    line(out, "bytes", "/Bytes", SummaryText::size);
    groups(out, "Instances by modality", "/Modalities", "Modality", "Instances");
    out.printf("%nUntil they can be searched%n");
    for (int percent : PERCENTILES) {
      out.printf(
          "  %-24s %14s %14s%n",
          percent + " % within",
          delay(summary.at("/today/Delays"), percent),
          delay(summary.at("/last30Days/Delays"), percent));
    }
    out.printf("%nRequests%n");
    line(out, "all", "/Accesses/Requests", SummaryText::count);
    line(out, "not served", "/Accesses/Failures", SummaryText::count);
    line(out, "bytes", "/Accesses/Bytes", SummaryText::size);
    line(out, "longest", "/Accesses/LongestMillis", SummaryText::millis);
    groups(out, "Requests by operation", "/Accesses/Operations", "Operation", "Requests");
    storage(out);
  }

  private void line(PrintStream out, String name, String path, LongFunction<String> shown) {
    out.printf(
        "  %-24s %14s %14s%n",
        name,
        shown.apply(summary.at("/today" + path).asLong(0)),
        shown.apply(summary.at("/last30Days" + path).asLong(0)));
  }

  /** Those of the last 30 days, which are all. */
  private void groups(PrintStream out, String title, String path, String name, String number) {
    JsonNode groups = summary.at("/last30Days" + path);
    if (groups.isEmpty()) {
      return;
    }
    out.printf("%n%s%n", title);
    for (JsonNode group : groups) {
      String value = group.path(name).asString("");
      long today = 0;
      for (JsonNode each : summary.at("/today" + path)) {
        if (each.path(name).asString("").equals(value)) {
          today = each.path(number).asLong(0);
        }
      }
      String shown = value.isEmpty() ? "(none)" : Printable.of(value, NAME - 2);
      out.printf("  %-24s %14s %14s%n", shown, count(today), count(group.path(number).asLong(0)));
    }
  }

  private void storage(PrintStream out) {
    JsonNode storage = summary.path("storage");
    if (!storage.has("asOf")) {
      out.printf("%nStorage: not counted yet%n");
      return;
    }
    out.printf("%nStorage at %s%n", Moment.shown(Instant.parse(storage.path("asOf").asString())));
    out.printf("  %-40s %14s %14s%n", "", "objects", "bytes");
    for (JsonNode tier : storage.path("tiers")) {
      out.printf(
          "  %-40s %14s %14s%n",
          place(tier), count(tier.path("Objects").asLong(0)), size(tier.path("Bytes").asLong(0)));
    }
  }

  private static String place(JsonNode tier) {
    List<String> words = new ArrayList<>();
    words.add(tier.path("Tier").asString(""));
    words.add(tier.path("Store").asString(""));
    words.add(Printable.of(tier.path("Node").asString(""), 20));
    String state = tier.path("State").asString("");
    words.add(List.of("available", "evicted").contains(state) ? "" : state);
    words.removeIf(String::isEmpty);
    return String.join(" ", words);
  }

  /** Percentiles longer than a day are left out of the answer. */
  private static String delay(JsonNode delays, int percent) {
    if (delays.path("Instances").asLong(0) == 0) {
      return "-";
    }
    JsonNode millis = delays.path("P" + percent + "Millis");
    return millis.isMissingNode() ? "> 1 day" : millis(millis.asLong());
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String millis(long millis) {
    return millis < 10_000
        ? String.format(Locale.ROOT, "%,d ms", millis)
        : String.format(Locale.ROOT, "%,d s", millis / 1000);
  }

  private static String size(long bytes) {
    if (bytes < 1_000_000) {
      return String.format(Locale.ROOT, "%,d KB", (bytes + 999) / 1000);
    }
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%,.1f GB", bytes / 1e9);
  }
}
