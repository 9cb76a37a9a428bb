package org.regionalpacs.wado.portal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.regionalpacs.wado.query.StudyList;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What has arrived lately, by the change feed. However many pages are open, a tenant's is looked up
 * once a second.
 */
@Component
class Arrivals {
  private static final int STUDIES = 8;

  /** A long study must not hide the others, nor cost much. */
  private static final int CHANGES = 5000;

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int TENANTS = 1000;
  private static final int SECONDS = 3;

  private final JdbcClient jdbc;
  private final StudyList studies;
  private final Cache<String, Looked> latest =
      Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(TENANTS).build();

  Arrivals(DataSource index, StudyList studies) {
    JdbcTemplate template = new JdbcTemplate(index);
    template.setQueryTimeout(SECONDS);
    this.jdbc = JdbcClient.create(template);
    this.studies = studies;
  }

  private record Change(String study, long images, Instant last) {}

  /**
   * The state of the list.
   *
   * @param mark of what it shows: another mark, another list
   */
  private record Latest(long mark, List<Change> changes, Map<String, JsonNode> studies) {}

  /** A look that failed is not repeated at once by each of those who wait for it. */
  private record Looked(Optional<Latest> found, Optional<RuntimeException> failure) {
    Latest get() {
      return found.orElseThrow(failure::orElseThrow);
    }
  }

  /**
   * What pages show.
   *
   * @param mark to be passed the next time
   * @param studies the one that got an image last first
   */
  record Shown(long mark, List<ArrivingStudy> studies) {}

  /**
   * The studies that something of has arrived of last.
   *
   * @param known the mark of what the page shows
   * @return empty when that is what it would show again
   */
  Optional<Shown> since(TenantScope scope, long known, Locale locale) {
    Latest now = latest.get(scope.tenant(), _ -> look(scope)).get();
    if (now.mark() == known) {
      return Optional.empty();
    }
    List<ArrivingStudy> shown = new ArrayList<>();
    for (Change change : now.changes()) {
      JsonNode study = now.studies().get(change.study());
      // Deleted meanwhile, or not yet counted.
      if (study != null) {
        shown.add(new ArrivingStudy(ListedStudy.of(study, locale), change.images(), change.last()));
      }
    }
    return Optional.of(new Shown(now.mark(), shown));
  }

  private Looked look(TenantScope scope) {
    try {
      return new Looked(Optional.of(read(scope)), Optional.empty());
    } catch (RuntimeException e) {
      return new Looked(Optional.empty(), Optional.of(e));
    }
  }

  private Latest read(TenantScope scope) {
    long last = last(scope.tenant());
    List<Change> changes =
        jdbc.sql(
                """
                select study_uid, count(*), max(happened)
                  from (select study_uid, happened, action from change
                         where tenant = ? order by tenant, sequence desc limit ?) lately
                 where action <> 'deleted'
                 group by study_uid
                 order by max(happened) desc, study_uid
                 limit ?
                """)
            .params(scope.tenant(), CHANGES, STUDIES)
            .query((row, _) ->
                new Change(
                    row.getString(1),
                    row.getLong(2),
                    row.getObject(3, OffsetDateTime.class).toInstant()))
            .list();
    Map<String, JsonNode> found = found(scope, changes);
    // Counts come after the change that they count, and are shown too.
    long shown = found.hashCode() & 0xFFFFF;
    return new Latest((last << 20 | shown) & Long.MAX_VALUE, changes, found);
  }

  /** The tenant's last change; 0 before the first. */
  private long last(String tenant) {
    return jdbc.sql(
            "select sequence from change where tenant = ? order by tenant, sequence desc limit 1")
        .param(tenant)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  private Map<String, JsonNode> found(TenantScope scope, List<Change> changes) {
    if (changes.isEmpty()) {
      return Map.of();
    }
    Map<String, JsonNode> found = new LinkedHashMap<>();
    String uids = String.join(",", changes.stream().map(Change::study).toList());
    Map<String, String[]> search =
        Map.of(
            "StudyInstanceUID", new String[] {uids},
            "includefield", new String[] {"00081030,00201206,00201208"});
    for (JsonNode study : studies.find(scope, search).studies()) {
      found.put(study.path("0020000D").path("Value").path(0).asString(""), study);
    }
    return found;
  }
}
