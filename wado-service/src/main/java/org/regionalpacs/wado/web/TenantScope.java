package org.regionalpacs.wado.web;

/**
 * Whose data a request is about.
 *
 * @param tenant the hospital; it exists
 * @param baseUrl what URLs in the response start with, without a final slash
 */
public record TenantScope(String tenant, String baseUrl) {

  /** URL of a study. */
  public String studyUrl(String study) {
    return baseUrl + "/studies/" + study;
  }

  /** URL of a series. */
  public String seriesUrl(String study, String series) {
    return studyUrl(study) + "/series/" + series;
  }

  /** URL of an instance. */
  public String instanceUrl(String study, String series, String sopInstance) {
    return seriesUrl(study, series) + "/instances/" + sopInstance;
  }
}
