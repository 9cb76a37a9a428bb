package org.regionalpacs.wado.describe;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.BodySource;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Tells what the service can do (PS3.18 8.9): a WADL document, also in the form of JSON. */
@RestController
class CapabilitiesController {
  private static final String JSON = "application/json";
  private static final List<String> SERVED =
      List.of("application/vnd.sun.wadl+xml", "application/xml", JSON);

  private final ApiDocument document;

  CapabilitiesController(ApiDocument document) {
    this.document = document;
  }

  @RequestMapping(
      path = {
        "/dicom-web",
        "/dicom-web/",
        "/tenants/{tenant}/dicom-web",
        "/tenants/{tenant}/dicom-web/"
      },
      method = {RequestMethod.GET, RequestMethod.OPTIONS})
  void capabilities(TenantScope scope, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String mediaType = negotiate(request);
    Wadl wadl = Wadl.of(document, scope.baseUrl());
    BodySource body = mediaType.equals(JSON) ? wadl::writeJson : wadl::writeXml;
    response.setHeader(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS");
    // Added: where pages of other origins may ask, it varies by origin too.
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    Responses.send(request, response, mediaType, OptionalLong.empty(), body);
  }

  private static String negotiate(HttpServletRequest request) {
    for (MediaRange range : AcceptHeader.of(request)) {
      for (String mediaType : SERVED) {
        if (range.covers(mediaType)) {
          return mediaType;
        }
      }
    }
    throw new NotAcceptableException(SERVED);
  }
}
