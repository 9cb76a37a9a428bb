package org.regionalpacs.wado.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.regionalpacs.security.Tenants;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Notes the study of each retrieval (PS3.18 10.4) that was answered; searches are none. */
@Order(10)
final class ReadStudiesFilter extends OncePerRequestFilter {
  private static final String IN_STUDY = "/dicom-web/studies/{study}";
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
      if (response.getStatus() < FIRST_ERROR) {
        note(request);
      }
    }
  }

  private void note(HttpServletRequest request) {
    if (!(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
            instanceof Object matched)
        || !(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> named)
        || !(named.get("study") instanceof String study)) {
      return;
    }
    String pattern = matched.toString();
    int start = pattern.indexOf(IN_STUDY);
    if (start < 0 || pattern.endsWith("/series") || pattern.endsWith("/instances")) {
      return;
    }
    String tenant = named.get("tenant") instanceof String other ? other : tenants.defaultTenant();
    reads.read(tenant, study, !pattern.endsWith("/metadata"));
  }
}
