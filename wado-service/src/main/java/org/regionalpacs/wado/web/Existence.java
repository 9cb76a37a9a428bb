package org.regionalpacs.wado.web;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says which part of a path isn't known, after nothing was found under it. */
@Component
public class Existence {
  private final JdbcClient jdbc;

  Existence(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** There is no such study. */
  public NotFoundException noStudy(String study) {
    return new NotFoundException("There is no study " + study + ".");
  }

  /** There is no such series, perhaps not even such a study. */
  public NotFoundException noSeries(TenantScope scope, String study, String series) {
    boolean known =
        exists("select 1 from study where tenant = ? and study_uid = ?", scope.tenant(), study);
    return known
        ? new NotFoundException("There is no series " + series + " in study " + study + ".")
        : noStudy(study);
  }

  /** There is no such instance, perhaps not even such a series. */
  public NotFoundException noInstance(
      TenantScope scope, String study, String series, String sopInstance) {
    boolean known =
        exists(
            "select 1 from series where tenant = ? and study_uid = ? and series_uid = ?",
            scope.tenant(),
            study,
            series);
    return known
        ? new NotFoundException(
            "There is no instance " + sopInstance + " in series " + series + ".")
        : noSeries(scope, study, series);
  }

  private boolean exists(String sql, Object... parameters) {
    return !jdbc.sql(sql).params(parameters).query().listOfRows().isEmpty();
  }
}
