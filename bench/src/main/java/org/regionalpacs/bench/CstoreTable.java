package org.regionalpacs.bench;

import java.util.Map;

/** One sender's rates as Markdown. */
final class CstoreTable {
  private CstoreTable() {}

  static String of(Sender sender, int associations, Map<Receiver, Rates> rates) {
    Rates first = rates.values().iterator().next();
    StringBuilder table = new StringBuilder();
    table.append(
        "## %d association%s, sent by %s%n%n"
            .formatted(associations, associations == 1 ? "" : "s", sender.name()));
    table.append("| receiver | images/s | lowest to highest | DicomServer is |%n".formatted());
    table.append("|---|---:|---:|---:|%n".formatted());
    rates.forEach((receiver, rate) ->
        table.append(
            "| %s | %.0f | %.0f to %.0f | %s |%n"
                .formatted(
                    receiver.name(),
                    rate.median(),
                    rate.lowest(),
                    rate.highest(),
                    rate == first ? "" : "%.2f times as fast".formatted(first.ratioTo(rate)))));
    return table.append('\n').toString();
  }
}
