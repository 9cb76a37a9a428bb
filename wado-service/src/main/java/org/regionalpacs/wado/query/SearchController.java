package org.regionalpacs.wado.query;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.index.QueryTags;
import org.regionalpacs.wado.query.SearchAnswers.Found;
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
  private final SearchAnswers answers;
  private final QueryTags tags;
  private final QueryProperties properties;

  SearchController(SearchAnswers answers, QueryTags tags, QueryProperties properties) {
    this.answers = answers;
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
    ResultFormat format = ResultFormat.negotiate(request);
    Search search =
        SearchParser.parse(
            properties, target, request.getParameterMap(), TagKeys.of(tags, scope.tenant()));
    warn(search.warnings(), scope, response);
    if (search.page().limit() > SearchAnswers.SLICE) {
      stream(scope, search, format.body(), request, response);
      return;
    }
    Answer answer = answers.of(scope, search, format);
    warn(answer.warnings(), scope, response);
    if (answer.noContent()) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    Responses.send(
        request,
        response,
        answer.contentType(),
        OptionalLong.of(answer.body().length),
        out -> out.write(answer.body()));
  }

  private void stream(
      TenantScope scope,
      Search search,
      ResultFormat.Body body,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Found found = answers.first(scope.tenant(), search);
    warn(answers.remaining(scope.tenant(), search, found).stream().toList(), scope, response);
    if (found.rows().isEmpty() && !body.emptyBody()) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    Responses.send(
        request,
        response,
        body.contentType(),
        OptionalLong.empty(),
        out -> answers.write(scope, search, found, body, out));
  }

  private static void warn(List<String> texts, TenantScope scope, HttpServletResponse response) {
    texts.forEach(text -> Responses.warn(response, scope.baseUrl(), text));
  }
}
