package org.regionalpacs.wado.viewer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import org.regionalpacs.wado.web.Conditional;
import org.regionalpacs.wado.web.DicomWebProperties;
import org.regionalpacs.wado.web.NotFoundException;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * The viewer of a tenant: its page under every path that the page itself gives to what it shows,
 * its configuration, and its files.
 */
@RestController
@RequestMapping({"/viewer", "/tenants/{tenant}/viewer"})
class ViewerController {
  /** The path has the key of all files in it: another version has other paths. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /** What looks like the name of a file; a UID doesn't. */
  private static final String FILE_NAME = ".*\\.[A-Za-z][A-Za-z0-9]*";

  /** Shows studies, in the mode that OHIF has for all. */
  private static final String STUDY = "/viewer";

  private final Viewer viewer;
  private final DicomWebProperties dicomWeb;
  private final ViewerProperties properties;
  private final ViewerPolicy policy;
  private final String preview;

  ViewerController(
      Viewer viewer,
      DicomWebProperties dicomWeb,
      ViewerProperties properties,
      @Value("classpath:/viewer-preview.html") Resource preview)
      throws IOException {
    this.viewer = viewer;
    this.dicomWeb = dicomWeb;
    this.properties = properties;
    this.policy = new ViewerPolicy(properties.oidc());
    this.preview = properties.previewed() ? preview.getContentAsString(StandardCharsets.UTF_8) : "";
  }

  /** Relative to the request, so that it is right behind every proxy. */
  @GetMapping
  void redirect(TenantScope scope, HttpServletRequest request, HttpServletResponse response) {
    viewer.files();
    String query = request.getQueryString();
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader(HttpHeaders.LOCATION, "viewer/" + (query == null ? "" : "?" + query));
  }

  @GetMapping("/{*path}")
  void page(
      TenantScope scope,
      @PathVariable String path,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    ViewerFiles files = viewer.files();
    if (path.matches(FILE_NAME)) {
      throw noSuchFile();
    }
    ViewerPaths paths = ViewerPaths.of(scope, dicomWeb);
    String page = files.page();
    if (path.equals(STUDY)) {
      // Before the styles, which scripts behind them wait for.
      page = page.replaceFirst("<head>", Matcher.quoteReplacement("<head>" + preview));
      page = page.replaceFirst("</head>", Matcher.quoteReplacement(files.preloads() + "</head>"));
    }
    page =
        page.replace("@files@", HtmlUtils.htmlEscape(paths.files(files.key())))
            .replace("@dicom-web@", HtmlUtils.htmlEscape(paths.dicomWeb()))
            .replace("@page@", HtmlUtils.htmlEscape(paths.page() + "/"));
    policy.ofPage(response);
    send(page, "text/html;charset=utf-8", request, response);
  }

  @GetMapping("/app-config.js")
  void config(TenantScope scope, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String key = viewer.files().key();
    ViewerPaths paths = ViewerPaths.of(scope, dicomWeb);
    String script = ViewerConfig.script(paths, scope.baseUrl(), key, properties.oidc());
    policy.ofFile(response);
    send(script, "text/javascript;charset=utf-8", request, response);
  }

  @GetMapping("/files/{key}/{*path}")
  void file(
      TenantScope scope,
      @PathVariable String key,
      @PathVariable String path,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    ViewerFiles files = viewer.files();
    if (!key.equals(files.key())) {
      throw new NotFoundException("The viewer has been updated: open the page again.");
    }
    ViewerFile file = files.find(path.substring(1)).orElseThrow(ViewerController::noSuchFile);
    ContentCoding sent =
        file.sent(
            ContentCoding.best(Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING))));
    policy.ofFile(response);
    response.setHeader(HttpHeaders.CACHE_CONTROL, FOR_EVER);
    if (file.varies()) {
      response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
    if (sent != ContentCoding.IDENTITY) {
      response.setHeader(HttpHeaders.CONTENT_ENCODING, sent.token());
    }
    Responses.send(
        request,
        response,
        file.type(),
        OptionalLong.of(file.length(sent)),
        out -> {
          try (InputStream in = files.open(file, sent)) {
            in.transferTo(out);
          }
        });
  }

  private static void send(
      String text, String type, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!Conditional.notModified(request, response, etag(bytes))) {
      Responses.send(
          request, response, type, OptionalLong.of(bytes.length), out -> out.write(bytes));
    }
  }

  private static String etag(byte[] bytes) {
    return "\"" + DigestUtils.md5DigestAsHex(bytes) + "\"";
  }

  private static NotFoundException noSuchFile() {
    return new NotFoundException("The viewer has no such file.");
  }
}
