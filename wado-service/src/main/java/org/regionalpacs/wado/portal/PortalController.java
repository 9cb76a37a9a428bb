package org.regionalpacs.wado.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.regionalpacs.wado.query.StudyList;
import org.regionalpacs.wado.query.StudyList.Found;
import org.regionalpacs.wado.viewer.ViewerAhead;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.Conditional;
import org.regionalpacs.wado.web.NotFoundException;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The start page of a tenant, and the parts of it that htmx asks for again. All addresses in them
 * are relative, so that they are right behind every proxy.
 */
@RestController
class PortalController {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /** Before the first list: no mark is so. */
  private static final String NOTHING = "-2";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'self'";

  private final StudyList studies;
  private final Arrivals arrivals;
  private final HealthLook health;
  private final PortalPages pages;
  private final PortalFiles files;
  private final ViewerAhead viewer;
  private final PortalProperties properties;

  PortalController(
      StudyList studies,
      Arrivals arrivals,
      HealthLook health,
      PortalPages pages,
      PortalFiles files,
      ViewerAhead viewer,
      PortalProperties properties) {
    this.studies = studies;
    this.arrivals = arrivals;
    this.health = health;
    this.pages = pages;
    this.files = files;
    this.viewer = viewer;
    this.properties = properties;
  }

  /** The page with its first list; what arrives and how the system is come after it. */
  @GetMapping({"/", "/tenants/{tenant}/"})
  void page(TenantScope scope, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Languages.remember(request, response);
    Map<String, Object> values = list(scope, request);
    values.put("files", root(request) + "portal/files/" + files.key() + "/");
    values.put("root", root(request));
    values.put("lang", Languages.of(request).getLanguage());
    values.put("languages", Languages.choices());
    values.put("services", properties.addresses());
    values.put("ahead", viewer.files());
    values.put("rehearsed", viewer.rehearsed().orElse(null));
    send("page", values, request, response);
  }

  /** Addresses in the page are relative to this place with a slash at its end. */
  @GetMapping("/tenants/{tenant}")
  void redirect(TenantScope scope, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader(HttpHeaders.LOCATION, scope.tenant() + "/");
  }

  @GetMapping({"/portal/studies", "/tenants/{tenant}/portal/studies"})
  void studies(TenantScope scope, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    send("studies", list(scope, request), request, response);
  }

  /** 204, with which htmx changes nothing, while there is nothing new. */
  @GetMapping({"/portal/arrivals", "/tenants/{tenant}/portal/arrivals"})
  void arrivals(
      TenantScope scope,
      @RequestParam(defaultValue = NOTHING) String known,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!known.matches("-?\\d{1,18}")) {
      throw new BadParameterException("known", "known must be a number that was given.");
    }
    Locale locale = Languages.of(request);
    Arrivals.Shown shown = arrivals.since(scope, Long.parseLong(known), locale).orElse(null);
    if (shown == null) {
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    Map<String, Object> values = new HashMap<>();
    values.put("mark", shown.mark());
    values.put("arrivals", shown.studies());
    // The list of studies is asked for again with it; also the first time, as it was made before.
    response.setHeader("HX-Trigger", "arrived");
    send("arrivals", values, request, response);
  }

  @GetMapping({"/portal/health", "/tenants/{tenant}/portal/health"})
  void health(TenantScope scope, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, Object> values = new HashMap<>();
    SystemHealth now = health.now();
    values.put("well", now.well());
    values.put("services", now.services());
    values.put("kafka", now.queues().isPresent());
    values.put("queues", now.queues().orElse(Map.of()));
    values.put("waiting", now.waiting());
    values.put("volumes", now.volumes());
    send("health", values, request, response);
  }

  @GetMapping({"/portal/files/{key}/{name}", "/tenants/{tenant}/portal/files/{key}/{name}"})
  void file(
      TenantScope scope,
      @PathVariable String key,
      @PathVariable String name,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    PortalFile file =
        files
            .find(name)
            .filter(_ -> key.equals(files.key()))
            .orElseThrow(() -> new NotFoundException("The page has no such file: open it again."));
    boolean gzip = Conditional.gzipAccepted(request);
    byte[] bytes = gzip ? file.gzip() : file.bytes();
    response.setHeader(HttpHeaders.CACHE_CONTROL, FOR_EVER);
    response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (gzip) {
      response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    Responses.send(
        request, response, file.type(), OptionalLong.of(bytes.length), out -> out.write(bytes));
  }

  private Map<String, Object> list(TenantScope scope, HttpServletRequest request) {
    StudyFilter filter = StudyFilter.of(request.getParameterMap());
    Locale locale = Languages.of(request);
    Found found = studies.find(scope, filter.search());
    Map<String, Object> values = new HashMap<>();
    values.put("filter", filter);
    values.put("before", filter.page() > 0 ? filter.query(filter.page() - 1) : "");
    values.put("behind", found.more() ? filter.query(filter.page() + 1) : "");
    values.put(
        "studies", found.studies().stream().map(each -> ListedStudy.of(each, locale)).toList());
    return values;
  }

  /** From a tenant's page to what all tenants share. */
  private static String root(HttpServletRequest request) {
    return request.getRequestURI().contains("/tenants/") ? "../../" : "";
  }

  private void send(
      String template,
      Map<String, Object> values,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    byte[] html = pages.html(template, Languages.of(request), values);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Content-Type-Options", "nosniff");
    Responses.send(
        request,
        response,
        "text/html;charset=utf-8",
        OptionalLong.of(html.length),
        out -> out.write(html));
  }
}
