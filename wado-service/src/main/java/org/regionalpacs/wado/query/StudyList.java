package org.regionalpacs.wado.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.index.QueryTags;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Studies for pages of this service: what QIDO-RS answers, without HTTP between. */
@Component
public class StudyList {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final SearchAnswers answers;
  private final QueryTags tags;
  private final QueryProperties properties;

  StudyList(SearchAnswers answers, QueryTags tags, QueryProperties properties) {
    this.answers = answers;
    this.tags = tags;
    this.properties = properties;
  }

  /**
   * A page of a search.
   *
   * @param studies each in the DICOM JSON model, newest first
   * @param more whether there are others behind them
   */
  public record Found(List<JsonNode> studies, boolean more) {}

  /**
   * Searches for studies.
   *
   * @param parameters as of a QIDO-RS request; limit and offset say which page
   * @throws BadParameterException when a value isn't well formed
   */
  public Found find(TenantScope scope, Map<String, String[]> parameters) {
    Target target = new Target(Level.STUDY, Optional.empty(), Optional.empty());
    Search search =
        SearchParser.parse(properties, target, parameters, TagKeys.of(tags, scope.tenant()));
    SearchAnswers.Found found = answers.first(scope.tenant(), search);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Results results = new JsonResults(bytes, new ResultWriter(scope, search.selection()))) {
      for (SearchRow row : found.rows()) {
        results.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<JsonNode> studies = new ArrayList<>();
    JSON.readTree(bytes.toByteArray()).forEach(studies::add);
    return new Found(studies, found.more());
  }
}
