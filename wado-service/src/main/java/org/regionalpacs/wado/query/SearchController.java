package org.regionalpacs.wado.query;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.index.QueryTags;
import org.regionalpacs.wado.query.Search.Page;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** QIDO-RS (PS3.18 10.6): studies, series and instances that match. */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class SearchController {
  /** Results that are in memory at a time. */
  private static final int SLICE = 1000;

  private final Searches searches;
  private final QueryTags tags;
  private final QueryProperties properties;

  SearchController(Searches searches, QueryTags tags, QueryProperties properties) {
    this.searches = searches;
    this.tags = tags;
    this.properties = properties;
  }

  @GetMapping("/studies")
  void studies(TenantScope scope, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(target(Level.STUDY), scope, request, response);
  }

  @GetMapping("/series")
  void series(TenantScope scope, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(target(Level.SERIES), scope, request, response);
  }

  @GetMapping("/instances")
  void instances(TenantScope scope, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(target(Level.INSTANCE), scope, request, response);
  }

  @GetMapping("/studies/{study}/series")
  void seriesOfStudy(
      TenantScope scope,
      @PathVariable String study,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    answer(target(Level.SERIES, study), scope, request, response);
  }

  @GetMapping("/studies/{study}/instances")
  void instancesOfStudy(
      TenantScope scope,
      @PathVariable String study,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    answer(target(Level.INSTANCE, study), scope, request, response);
  }

  @GetMapping("/studies/{study}/series/{series}/instances")
  void instancesOfSeries(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable String series,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    PathUids.require("study", study);
    PathUids.require("series", series);
    Target target = new Target(Level.INSTANCE, Optional.of(study), Optional.of(series));
    answer(target, scope, request, response);
  }

  private static Target target(Level level) {
    return new Target(level, Optional.empty(), Optional.empty());
  }

  private static Target target(Level level, String study) {
    PathUids.require("study", study);
    return new Target(level, Optional.of(study), Optional.empty());
  }

  private void answer(
      Target target, TenantScope scope, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ResultFormat.Body body = ResultFormat.negotiate(request).body();
    Search search =
        SearchParser.parse(
            properties, target, request.getParameterMap(), TagKeys.of(tags, scope.tenant()));
    for (String warning : search.warnings()) {
      Responses.warn(response, scope.baseUrl(), warning);
    }
    Page page = search.page();
    // One more than asked for tells whether there are more.
    int first = Math.min(page.limit(), SLICE);
    List<SearchRow> rows =
        searches.find(scope.tenant(), search, new Page(page.offset(), first + 1));
    boolean more = rows.size() > first;
    if (more) {
      searches
          .remaining(scope.tenant(), search)
          .ifPresent(text -> Responses.warn(response, scope.baseUrl(), text));
    }
    List<SearchRow> slice = more ? rows.subList(0, first) : rows;
    if (slice.isEmpty() && !body.emptyBody()) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    Responses.send(
        request,
        response,
        body.contentType(),
        OptionalLong.empty(),
        out -> write(search, scope, body, slice, more && first < page.limit(), out));
  }

  private void write(
      Search search,
      TenantScope scope,
      ResultFormat.Body body,
      List<SearchRow> first,
      boolean more,
      OutputStream out)
      throws IOException {
    Page page = search.page();
    // Closed only when all of it is written: half a body must not look like a whole one.
    Results results = body.results().on(out, new ResultWriter(scope, search.selection()));
    for (SearchRow row : first) {
      results.write(row);
    }
    int written = first.size();
    boolean goOn = more;
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
