package org.regionalpacs.wado.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.security.Tenants;
import org.regionalpacs.wado.web.DicomWebOperation;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Notes the study of each retrieval (PS3.18 9 and 10.4) that was answered; searches are none. */
@Order(10)
final class ReadStudiesFilter extends OncePerRequestFilter {
  private static final String IN_STUDY = "/dicom-web/studies/{study}";
  private static final String THUMBNAIL = "/thumbnail";
  private static final int FIRST_ERROR = 400;

  private final ReadStudies reads;
  private final Tenants tenants;

  ReadStudiesFilter(ReadStudies reads, Tenants tenants) {
    this.reads = reads;
    this.tenants = tenants;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("GET");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } finally {
      // Nothing was read of a study that has no preview, or isn't there.
      int status = response.getStatus();
      if (status < FIRST_ERROR && status != HttpServletResponse.SC_NO_CONTENT) {
        note(request, status != HttpServletResponse.SC_NOT_MODIFIED);
      }
    }
  }

  private void note(HttpServletRequest request, boolean sent) {
    if (!(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
            instanceof Object matched)
        || !(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> named)) {
      return;
    }
    String pattern = matched.toString();
    String tenant = named.get("tenant") instanceof String other ? other : tenants.defaultTenant();
    // A list of studies with their thumbnails isn't a reader at work.
    boolean objects = sent && !pattern.endsWith("/metadata") && !pattern.endsWith(THUMBNAIL);
    study(request, pattern, named).ifPresent(study -> reads.read(tenant, study, objects));
  }

  /** The study that is read; empty when the request is none that reads one. */
  private static Optional<String> study(
      HttpServletRequest request, String pattern, Map<?, ?> named) {
    if (pattern.endsWith(DicomWebOperation.URI)) {
      return Optional.ofNullable(request.getParameter("studyUID"));
    }
    boolean retrieved =
        pattern.contains(IN_STUDY)
            && !pattern.endsWith("/series")
            && !pattern.endsWith("/instances");
    return retrieved && named.get("study") instanceof String study
        ? Optional.of(study)
        : Optional.empty();
  }
}
