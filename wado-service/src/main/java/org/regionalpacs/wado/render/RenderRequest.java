package org.regionalpacs.wado.render;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.TenantScope;

/**
 * A request for something rendered.
 *
 * @param scope whose data it is about
 * @param http the request
 * @param response to it
 * @param parameters how pictures are to be made
 */
record RenderRequest(
    TenantScope scope,
    HttpServletRequest http,
    HttpServletResponse response,
    RenderParameters parameters) {

  List<MediaRange> accepted() {
    return AcceptHeader.of(http);
  }

  RequestLog log() {
    return RequestLog.of(http);
  }
}
