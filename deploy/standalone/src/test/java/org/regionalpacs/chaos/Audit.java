package org.regionalpacs.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.regionalpacs.chaos.Files10.Content;
import org.regionalpacs.standalone.SeparateProduct;

/** Compares what was promised to the senders with what is there. */
final class Audit {
  private final Collection<Ledger.Entry> entries;
  private final Map<Content, Integer> online;
  private final Map<Content, Integer> archive;
  private final IndexSnapshot index;
  private final WebView web;
  private final Tally tally = new Tally();
  private final List<String> differences = new ArrayList<>();

  Audit(
      Collection<Ledger.Entry> entries,
      Map<Content, Integer> online,
      Map<Content, Integer> archive,
      IndexSnapshot index,
      WebView web) {
    this.entries = entries;
    this.online = online;
    this.archive = archive;
    this.index = index;
    this.web = web;
    compare();
  }

  /** Looks everywhere. */
  static Audit of(SeparateProduct product, Map<Content, Integer> archive, Ledger ledger)
      throws IOException, SQLException, InterruptedException {
    Collection<Ledger.Entry> entries = ledger.entries().values();
    Set<String> studies = new LinkedHashSet<>();
    entries.forEach(entry -> studies.add(entry.study()));
    Path data = product.data();
    try (Connection connection = product.database()) {
      return new Audit(
          entries,
          Files10.in(data.resolve("online/default")),
          archive,
          IndexSnapshot.take(connection),
          WebView.of(product.httpPort(), studies));
    }
  }

  /** What is not as it was promised, with the UIDs; empty when all is. */
  List<String> differences() {
    return differences;
  }

  /** How many instances got how far. */
  Tally tally() {
    return tally;
  }

  private void compare() {
    for (Ledger.Entry entry : entries) {
      if (!entry.accepted().isEmpty()) {
        accepted(entry);
      } else if (!entry.possible().isEmpty()) {
        unknown(entry);
      } else {
        refused(entry);
      }
    }
    Set<String> sent = new LinkedHashSet<>();
    entries.forEach(entry -> sent.add(entry.sop()));
    index.rows().keySet().stream()
        .filter(sop -> !sent.contains(sop))
        .forEach(sop -> differences.add("indexed but never sent: " + sop));
    index.wrongCounts().forEach(count -> differences.add("wrong count: " + count));
    online.forEach((content, times) -> {
      if (times > 1) {
        differences.add("in " + times + " files of the online store: " + content);
      }
    });
  }

  private void accepted(Ledger.Entry entry) {
    tally.sent(Tally.Fate.ACCEPTED);
    boolean stored = true;
    for (String digest : entry.accepted()) {
      Content content = new Content(entry.sop(), digest);
      if (!online.containsKey(content) && !archive.containsKey(content)) {
        stored = false;
        differ("accepted but not stored", entry);
      }
    }
    if (stored) {
      tally.stored(Tally.Fate.ACCEPTED);
    }
    List<IndexSnapshot.Row> rows = index.rows().getOrDefault(entry.sop(), List.of());
    if (rows.size() != 1) {
      differ("accepted but indexed " + rows.size() + " times", entry);
      return;
    }
    tally.indexed(Tally.Fate.ACCEPTED);
    visible(entry, rows.getFirst(), Tally.Fate.ACCEPTED);
  }

  /** It may be there or not; if it is, then wholly. */
  private void unknown(Ledger.Entry entry) {
    tally.sent(Tally.Fate.UNKNOWN);
    boolean stored =
        entry.possible().stream()
            .map(digest -> new Content(entry.sop(), digest))
            .anyMatch(content -> online.containsKey(content) || archive.containsKey(content));
    if (stored) {
      tally.stored(Tally.Fate.UNKNOWN);
    }
    List<IndexSnapshot.Row> rows = index.rows().getOrDefault(entry.sop(), List.of());
    if (rows.size() > 1) {
      differ("indexed " + rows.size() + " times", entry);
    } else if (rows.size() == 1) {
      tally.indexed(Tally.Fate.UNKNOWN);
      visible(entry, rows.getFirst(), Tally.Fate.UNKNOWN);
    } else if (web.found().contains(entry.sop()) || web.retrieved().containsKey(entry.sop())) {
      differ("not indexed but visible", entry);
    }
  }

  private void visible(Ledger.Entry entry, IndexSnapshot.Row row, Tally.Fate fate) {
    if (!row.study().equals(entry.study()) || !row.series().equals(entry.series())) {
      differ("indexed under another series", entry);
    }
    if (!entry.current().contains(row.digest())) {
      differ("the current version is " + row.digest(), entry);
    }
    if (web.found().contains(entry.sop())) {
      tally.found(fate);
    } else {
      differ("indexed but not found by QIDO-RS", entry);
    }
    String retrieved = web.retrieved().getOrDefault(entry.sop(), "nothing");
    if (retrieved.equals(row.digest())) {
      tally.retrieved(fate);
    } else {
      differ("WADO-RS gives " + retrieved + ", not " + row.digest(), entry);
    }
    boolean archived = archive.containsKey(new Content(entry.sop(), row.digest()));
    if (archived && !row.archived().isEmpty()) {
      tally.archived(fate);
    } else {
      differ("not archived (row '" + row.archived() + "', blob " + archived + ")", entry);
    }
  }

  private void refused(Ledger.Entry entry) {
    Tally.Fate fate = entry.has(Outcome.REFUSED) ? Tally.Fate.REFUSED : Tally.Fate.CUT;
    if (entry.has(Outcome.DELETED)) {
      fate = Tally.Fate.DELETED;
      bytesRemain(entry);
    }
    gone(entry, fate);
  }

  private void bytesRemain(Ledger.Entry entry) {
    entry.attempts().stream()
        .map(attempt -> new Content(entry.sop(), attempt.digest()))
        .filter(content -> online.containsKey(content) || archive.containsKey(content))
        .findFirst()
        .ifPresent(_ -> differ("deleted, but its bytes are there", entry));
  }

  private void gone(Ledger.Entry entry, Tally.Fate fate) {
    tally.sent(fate);
    entry.attempts().stream()
        .map(attempt -> new Content(entry.sop(), attempt.digest()))
        .filter(online::containsKey)
        .findFirst()
        .ifPresent(_ -> tally.stored(fate));
    if (index.rows().containsKey(entry.sop())
        || web.found().contains(entry.sop())
        || web.retrieved().containsKey(entry.sop())) {
      tally.indexed(fate);
      differ("refused, cut or deleted, but visible", entry);
    }
  }

  private void differ(String what, Ledger.Entry entry) {
    differences.add(what + ": " + entry);
  }
}
