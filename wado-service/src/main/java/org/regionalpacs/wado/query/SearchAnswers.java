package org.regionalpacs.wado.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.wado.query.Search.Page;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.stereotype.Component;

/**
 * Answers searches. Those of a page that is in memory at once are made once for all who ask for the
 * same at the same time, see {@link SharedRuns}: everybody's list of studies is the same.
 */
@Component
class SearchAnswers {
  /** Results that are in memory at a time. */
  static final int SLICE = 1000;

  /** Searches that take longer run side by side. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Searches searches;
  private final SharedRuns<Asked, Answer> runs;

  SearchAnswers(Searches searches, QueryProperties properties) {
    this.searches = searches;
    // Results, their availability and the number of the others are a statement each.
    this.runs = new SharedRuns<>(PATIENCE, PATIENCE.plus(properties.timeout().multipliedBy(4)));
  }

  private record Asked(TenantScope scope, Search search, ResultFormat format) {}

  /** Some results, and whether there are more. */
  record Found(List<SearchRow> rows, boolean more) {}

  /** The answer to a search for a {@link #SLICE} at most. */
  Answer of(TenantScope scope, Search search, ResultFormat format) {
    return runs.get(new Asked(scope, search, format), () -> made(scope, search, format));
  }

  private Answer made(TenantScope scope, Search search, ResultFormat format) {
    Found found = first(scope.tenant(), search);
    List<String> warnings =
        remaining(scope.tenant(), search, found).map(List::of).orElse(List.of());
    ResultFormat.Body body = format.body();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!found.rows().isEmpty() || body.emptyBody()) {
      try (Results results =
          body.results().on(bytes, new ResultWriter(scope, search.selection()))) {
        for (SearchRow row : found.rows()) {
          results.write(row);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Answer(body.contentType(), warnings, bytes.toByteArray());
  }

  /** The first results of the page, a {@link #SLICE} at most. */
  Found first(String tenant, Search search) {
    Page page = search.page();
    int first = Math.min(page.limit(), SLICE);
    // One more than asked for tells whether there are more.
    List<SearchRow> rows = searches.find(tenant, search, new Page(page.offset(), first + 1));
    return rows.size() > first ? new Found(rows.subList(0, first), true) : new Found(rows, false);
  }

  /** What is said of the results beyond the page, empty when there are none. */
  Optional<String> remaining(String tenant, Search search, Found found) {
    return found.more() ? searches.remaining(tenant, search) : Optional.empty();
  }

  /** Writes the results of a page, a {@link #SLICE} after the other. */
  void write(
      TenantScope scope, Search search, Found found, ResultFormat.Body body, OutputStream out)
      throws IOException {
    Page page = search.page();
    // Closed only when all of it is written: half a body must not look like a whole one.
    Results results = body.results().on(out, new ResultWriter(scope, search.selection()));
    for (SearchRow row : found.rows()) {
      results.write(row);
    }
    int written = found.rows().size();
    boolean goOn = found.more() && written < page.limit();
    while (goOn) {
      int limit = Math.min(SLICE, page.limit() - written);
      List<SearchRow> rows =
          searches.find(scope.tenant(), search, new Page(page.offset() + written, limit));
      for (SearchRow row : rows) {
        results.write(row);
      }
      written += rows.size();
      goOn = rows.size() == limit && written < page.limit();
    }
    results.close();
  }
}
