package org.regionalpacs.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Time of processors an operation, of everybody by kind of process, as a table in Markdown. */
final class Costs {
  private static final double MILLIS = 1000;

  private record Work(String name, String who) {}

  private static final class Spent {
    final Map<String, Rates> user = new TreeMap<>();
    final Map<String, Rates> system = new TreeMap<>();
    final Rates all = new Rates();
    final Rates load = new Rates();
    final Rates others = new Rates();
  }

  private final Map<Work, Spent> spent = new LinkedHashMap<>();

  /**
   * Adds a turn.
   *
   * @param operations images or requests of the turn
   */
  void add(String work, Contender who, double operations, Turn turn) {
    Spent sum = spent.computeIfAbsent(new Work(work, who.name()), _ -> new Spent());
    turn.own()
        .byKind()
        .forEach((kind, time) -> {
          add(sum.user, kind, time.user() / operations);
          add(sum.system, kind, time.system() / operations);
        });
    sum.all.add(MILLIS * turn.own().all().total() / operations);
    sum.load.add(MILLIS * turn.load().total() / operations);
    sum.others.add(100 * turn.others().total() / turn.seconds());
  }

  private static void add(Map<String, Rates> rates, String kind, double seconds) {
    rates.computeIfAbsent(kind, _ -> new Rates()).add(MILLIS * seconds);
  }

  /** Medians, in milliseconds an operation. */
  String table() {
    StringBuilder table =
        new StringBuilder("| what | who | CPU ms each | by process: user + system ms |")
            .append(" load generator, ms | all others meanwhile, % of a processor |\n")
            .append("|---|---|---:|---|---:|---:|\n");
    spent.forEach((work, sum) ->
        table.append(
            "| %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                    work.name(),
                    work.who(),
                    millis(sum.all),
                    byKind(sum),
                    millis(sum.load),
                    Figures.number(sum.others.median()))));
    return table.toString();
  }

  private static String byKind(Spent sum) {
    List<String> kinds = new ArrayList<>();
    sum.user.forEach((kind, user) -> {
      Rates system = sum.system.get(kind);
      if (user.median() + system.median() >= 0.001) {
        kinds.add("%s %s + %s".formatted(kind, millis(user), millis(system)));
      }
    });
    return String.join(", ", kinds);
  }

  private static String millis(Rates rates) {
    return String.format(Locale.ROOT, "%.3f", rates.median());
  }
}
