package org.regionalpacs.wado.describe;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the description of the service, for programs and for people. */
@RestController
class ApiDocsController {
  /** The page has one script and one style, both its own, and asks nobody else for anything. */
  private static final String POLICY =
      "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src"
          + " 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

  private final ApiDocument document;
  private final byte[] page;

  ApiDocsController(ApiDocument document) {
    this.document = document;
    this.page = ApiDocument.resource("/wado-api-docs.html");
  }

  @GetMapping("/api-docs")
  ResponseEntity<byte[]> page() {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
        .cacheControl(CacheControl.noCache())
        .header("Content-Security-Policy", POLICY)
        .body(page);
  }

  @GetMapping("/api-docs/openapi.json")
  ResponseEntity<byte[]> document() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .cacheControl(CacheControl.noCache())
        .body(document.text());
  }
}
