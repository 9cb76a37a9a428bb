package org.regionalpacs.wado.query;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.wado.query.Search.Page;
import org.regionalpacs.wado.web.JsonMediaType;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** QIDO-RS (PS3.18 10.6): studies, series and instances that match. */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class SearchController {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  /** Results that are in memory at a time. */
  private static final int SLICE = 1000;

  private final Searches searches;
  private final QueryProperties properties;

  SearchController(Searches searches, QueryProperties properties) {
    this.searches = searches;
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
    String mediaType = JsonMediaType.negotiate(request);
    Search search = SearchParser.parse(properties, target, request.getParameterMap());
    for (String warning : search.warnings()) {
      Responses.warn(response, scope.baseUrl(), warning);
    }
    Page page = search.page();
    // One more than asked for tells whether there are more.
    int first = Math.min(page.limit(), SLICE);
    List<SearchRow> rows =
        searches.find(
            scope.tenant(), search, new Page(page.offset(), first + 1, page.chosenByUs()));
    boolean more = rows.size() > first;
    if (more && page.chosenByUs() && first == page.limit()) {
      Responses.warn(
          response,
          scope.baseUrl(),
          "There are more than "
              + page.limit()
              + " results; more can be requested with limit and offset.");
    }
    List<SearchRow> slice = more ? rows.subList(0, first) : rows;
    Responses.send(
        request,
        response,
        mediaType,
        OptionalLong.empty(),
        out -> write(search, scope, slice, more && first < page.limit(), out));
  }

  private void write(
      Search search, TenantScope scope, List<SearchRow> first, boolean more, OutputStream out) {
    ResultWriter writer = new ResultWriter(scope, search.selection());
    Page page = search.page();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartArray();
      first.forEach(row -> writer.write(row, json));
      int written = first.size();
      boolean goOn = more;
      while (goOn) {
        int limit = Math.min(SLICE, page.limit() - written);
        List<SearchRow> rows =
            searches.find(scope.tenant(), search, new Page(page.offset() + written, limit, false));
        rows.forEach(row -> writer.write(row, json));
        written += rows.size();
        goOn = rows.size() == limit && written < page.limit();
      }
      json.writeEndArray();
    }
  }
}
