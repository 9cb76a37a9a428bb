package org.regionalpacs.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured of everybody, round by round, as a table in Markdown. */
final class Figures {
  private final Map<Measure, Map<String, Rates>> values = new LinkedHashMap<>();
  private final String base;

  /**
   * @param base name of the one that all others are compared with
   */
  Figures(String base) {
    this.base = base;
  }

  /** Adds a round; the one that all are compared with takes part in each. */
  void add(Measure measure, Contender who, double value) {
    add(measure, who.name(), value);
  }

  void add(Measure measure, String who, double value) {
    values
        .computeIfAbsent(measure, _ -> new LinkedHashMap<>())
        .computeIfAbsent(who, _ -> new Rates())
        .add(value);
  }

  /**
   * A row for each measure and contender: median, extremes, and how many times as good the one is
   * whom all are compared with, by the ratios of the rounds.
   */
  String table(List<Goal> goals) {
    StringBuilder table =
        new StringBuilder(
                "| what | who | median | lowest to highest | %s is so many times as"
                    .formatted(base))
            .append(" good (lowest to highest round) | goal | |\n")
            .append("|---|---|---:|---:|---:|---:|---|\n");
    values.forEach((measure, byWho) ->
        byWho.forEach((who, rates) ->
            table.append(
                "| %s | %s | %s | %s to %s | %s |\n"
                    .formatted(
                        measure.shown(),
                        who,
                        number(rates.median()),
                        number(rates.lowest()),
                        number(rates.highest()),
                        compared(measure, who, goals)))));
    return table.toString();
  }

  private String compared(Measure measure, String who, List<Goal> goals) {
    Map<String, Rates> byWho = values.get(measure);
    if (!byWho.containsKey(base)) {
      return " |  | ";
    }
    Rates ours = byWho.get(base);
    if (who.equals(base)) {
      return " | " + verdict(measure, who, ours.median(), goals);
    }
    Rates other = byWho.get(who);
    Rates ratios = measure.lessIsBetter() ? other.ratiosTo(ours) : ours.ratiosTo(other);
    return "%s (%s to %s) | %s"
        .formatted(
            number(ratios.median()),
            number(ratios.lowest()),
            number(ratios.highest()),
            verdict(measure, who, ratios.median(), goals));
  }

  private static String verdict(Measure measure, String who, double reached, List<Goal> goals) {
    return goals.stream()
        .filter(each -> each.measure().equals(measure) && each.other().equals(who))
        .findFirst()
        .map(goal ->
            "at %s %s | %s"
                .formatted(
                    goal.atMost() ? "most" : "least",
                    number(goal.bound()),
                    goal.met(reached) ? "met" : "**not met**"))
        .orElse(" | ");
  }

  /** A number with three digits that count, where it has no more before the point. */
  static String number(double value) {
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
