package org.regionalpacs.wado.prefetch;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.regionalpacs.security.Tenants;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Notes who opens a study, when the request is answered. Metadata of a study or a series opens the
 * study; frames and objects tell which series is read. Searches open nothing, thumbnails neither:
 * lists of studies unfold with them. A retrieval of the whole study or series takes all there is
 * itself.
 */
@Order(10)
final class OpenedStudiesFilter implements Filter {
  private static final String ROOT = "/dicom-web";
  private static final String STUDY = "/studies/{study}";
  private static final String SERIES = STUDY + "/series/{series}";
  private static final String INSTANCE = SERIES + "/instances/{instance}";
  private static final int FIRST_ERROR = 400;

  private final Supplier<Prefetches> prefetches;
  private final Tenants tenants;

  OpenedStudiesFilter(Supplier<Prefetches> prefetches, Tenants tenants) {
    this.prefetches = prefetches;
    this.tenants = tenants;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
    if (request instanceof HttpServletRequest asked
        && response instanceof HttpServletResponse answered
        && answered.getStatus() < FIRST_ERROR
        && asked.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
            instanceof Object pattern
        && asked.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> named
        && named.get("study") instanceof String study) {
      String tenant = named.get("tenant") instanceof String other ? other : tenants.defaultTenant();
      answered(asked.getMethod(), pattern.toString(), new StudyKey(tenant, study), named);
    }
  }

  private void answered(String method, String pattern, StudyKey study, Map<?, ?> named) {
    int root = pattern.indexOf(ROOT);
    if (root < 0) {
      return;
    }
    String path = pattern.substring(root + ROOT.length());
    switch (method) {
      case "GET" -> read(path, study, named);
      case "DELETE" -> prefetches.get().forget(study);
      default -> {
        // Nobody sees anything of it by that.
      }
    }
  }

  private void read(String path, StudyKey study, Map<?, ?> named) {
    switch (path) {
      case STUDY + "/metadata", SERIES + "/metadata", INSTANCE + "/metadata" ->
          prefetches.get().opened(new Opened(study, Optional.empty()));
      case INSTANCE,
          INSTANCE + "/rendered",
          INSTANCE + "/frames/{frames}",
          INSTANCE + "/frames/{frames}/rendered" ->
          Optional.ofNullable(named.get("series"))
              .map(Object::toString)
              .ifPresent(series -> prefetches.get().opened(new Opened(study, Optional.of(series))));
      default -> {
        // No reading of images one by one.
      }
    }
  }
}
