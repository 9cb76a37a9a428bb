package org.regionalpacs.wado.retrieve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Retrieves one object by query parameters (WADO-URI, PS3.18 9). Without {@code contentType} an
 * image is wanted rendered, unless the Accept header names application/dicom.
 */
@RestController
class UriController {
  private static final String DICOM = ObjectNegotiation.DICOM;

  /** They say how to render (9.1.2.2.4 to 9.1.2.2.9), which an object as it is can't honour. */
  private static final List<String> RENDERING =
      List.of(
          "annotation",
          "rows",
          "columns",
          "region",
          "windowCenter",
          "windowWidth",
          "frameNumber",
          "imageQuality",
          "presentationUID",
          "presentationSeriesUID");

  private final StoredInstances instances;
  private final ObjectController objects;

  UriController(StoredInstances instances, ObjectController objects) {
    this.instances = instances;
    this.objects = objects;
  }

  @GetMapping({"/wado", "/tenants/{tenant}/wado"})
  void retrieve(TenantScope scope, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!"WADO".equals(request.getParameter("requestType"))) {
      throw new BadParameterException("requestType", "requestType must be WADO.");
    }
    String study = uid(request, "studyUID");
    String series = uid(request, "seriesUID");
    String instance = uid(request, "objectUID");
    Optional<String> syntax = transferSyntax(request);
    refuseAnonymizing(request);
    requireDicom(request);
    InstanceObject object = instances.one(scope, study, series, instance);
    warnOfRendering(scope, request, response);
    Map<String, String> parameters =
        syntax.map(uid -> Map.of("transfer-syntax", uid)).orElse(Map.of());
    objects.send(
        List.of(object), true, List.of(new MediaRange(DICOM, parameters, 1)), request, response);
  }

  private static String uid(HttpServletRequest request, String name) {
    String uid = Optional.ofNullable(request.getParameter(name)).orElse("");
    if (!PathUids.usable(uid)) {
      throw new BadParameterException(name, name + " must be there, and a UID.");
    }
    return uid;
  }

  private static Optional<String> transferSyntax(HttpServletRequest request) {
    Optional<String> syntax =
        Optional.ofNullable(request.getParameter("transferSyntax")).filter(text -> !text.isEmpty());
    if (syntax.isPresent() && !UID.isValid(syntax.get())) {
      throw new BadParameterException("transferSyntax", "transferSyntax must be a UID.");
    }
    return syntax;
  }

  /** Who asks for it relies on it. */
  private static void refuseAnonymizing(HttpServletRequest request) {
    if ("yes".equals(request.getParameter("anonymize"))) {
      throw new BadParameterException("anonymize", "Objects aren't anonymized here.");
    }
  }

  private static void requireDicom(HttpServletRequest request) {
    String[] wanted = request.getParameterValues("contentType");
    List<MediaRange> ranges =
        wanted == null
            ? AcceptHeader.of(List.of(), Collections.list(request.getHeaders(HttpHeaders.ACCEPT)))
            : AcceptHeader.of(List.of(wanted), List.of());
    boolean dicom =
        ranges.stream()
            .anyMatch(range -> range.type().equals(DICOM) || wanted != null && range.covers(DICOM));
    if (!dicom) {
      throw new NotAcceptableException(new TreeSet<>(List.of(DICOM)));
    }
  }

  private static void warnOfRendering(
      TenantScope scope, HttpServletRequest request, HttpServletResponse response) {
    List<String> ignored =
        RENDERING.stream().filter(name -> request.getParameter(name) != null).toList();
    if (!ignored.isEmpty()) {
      Responses.warn(
          response,
          scope.baseUrl(),
          "The object isn't rendered; ignored: " + String.join(", ", ignored) + ".");
    }
  }
}
