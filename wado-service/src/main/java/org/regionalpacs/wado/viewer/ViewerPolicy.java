package org.regionalpacs.wado.viewer;

import jakarta.servlet.http.HttpServletResponse;

/** What the viewer's page may do: headers that a browser holds it to. */
final class ViewerPolicy {
  private final String contentSecurityPolicy;

  ViewerPolicy(ViewerProperties.Oidc oidc) {
    String provider = oidc.isSet() ? " " + oidc.origin() : "";
    // eval: Emscripten's and vtk.js' generated code; inline: OHIF's page and its styles. Workers of
    // OHIF's libraries begin as blobs. PDF documents are objects in the page.
    this.contentSecurityPolicy =
        "default-src 'none'; script-src 'self' 'unsafe-eval' 'unsafe-inline';"
            + " worker-src 'self' blob:; connect-src 'self' blob: data:"
            + provider
            + "; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:;"
            + " font-src 'self' data:; media-src 'self' blob:; object-src 'self' blob:;"
            + " frame-src 'self' blob:"
            + provider
            + "; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
  }

  /** For the page. */
  void ofPage(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", contentSecurityPolicy);
    // The address names a study.
    response.setHeader("Referrer-Policy", "no-referrer");
    ofFile(response);
  }

  /** For all that belongs to it. */
  void ofFile(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  }
}
