package org.regionalpacs.wado.render;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.retrieve.ObjectAnswers;
import org.regionalpacs.wado.retrieve.StoredInstances;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Retrieves one object, or what is made of it, by query parameters (WADO-URI, PS3.18 9). */
@RestController
class UriController {
  private static final String SYNTAX = "transferSyntax";
  private static final String CHARSET = "charset";

  private final StoredInstances instances;
  private final ObjectAnswers objects;
  private final RenderedAnswers pictures;
  private final RenderProperties properties;

  UriController(
      StoredInstances instances,
      ObjectAnswers objects,
      RenderedAnswers pictures,
      RenderProperties properties) {
    this.instances = instances;
    this.objects = objects;
    this.pictures = pictures;
    this.properties = properties;
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
    UriParameters.refuseAnonymizing(request);
    InstanceObject object = instances.one(scope, study, series, instance);
    StoredContent content = StoredContent.of(object);
    boolean decodable = !content.isPicture() || pictures.missing(object).isEmpty();
    switch (UriNegotiation.of(accepted(request), content, decodable)) {
      case UriNegotiation.TheObject(boolean anyhow) -> {
        warn(scope, request, response, UriParameters.NAMES.stream());
        List<MediaRange> wanted = wanted(syntax, anyhow);
        objects.send(List.of(object), true, wanted, request, response);
      }
      case UriNegotiation.Rendered(RenderedNegotiation.Plan plan) ->
          render(object, plan, scope, request, response);
    }
  }

  /** 9.1.2.2.2: without a transfer syntax the default, and if need be any. */
  private static List<MediaRange> wanted(Optional<String> syntax, boolean anyhow) {
    MediaRange first = dicom(syntax, 1);
    return anyhow && syntax.isEmpty()
        ? List.of(first, dicom(Optional.of("*"), 0.5))
        : List.of(first);
  }

  private static MediaRange dicom(Optional<String> syntax, double quality) {
    Map<String, String> parameters =
        syntax.map(uid -> Map.of("transfer-syntax", uid)).orElse(Map.of());
    return new MediaRange(UriNegotiation.DICOM, parameters, quality);
  }

  private void render(
      InstanceObject object,
      RenderedNegotiation.Plan plan,
      TenantScope scope,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    UriParameters parameters = UriParameters.of(request, properties);
    StoredContent content = StoredContent.of(object);
    // A document goes out as it is; the parameters are those of images (9.5.1.2).
    Stream<String> ignored =
        content.isPicture()
            ? Stream.of()
            : Stream.concat(UriParameters.NAMES.stream(), Stream.of(CHARSET));
    warn(scope, request, response, Stream.concat(ignored, Stream.of(SYNTAX)));
    RenderRequest wanted = new RenderRequest(scope, request, response, parameters.picture());
    if (parameters.frame().isPresent() && content.isPicture()) {
      frame(object, parameters.frame().getAsInt(), plan, wanted);
    } else {
      pictures.answer(object, plan, wanted);
    }
  }

  /** PS3.18 9.5.2.1 has 400 where WADO-RS has 404. */
  private void frame(
      InstanceObject object, int frame, RenderedNegotiation.Plan plan, RenderRequest wanted)
      throws IOException {
    int count = object.numberOfFrames().orElse(1);
    if (frame > count) {
      throw new BadParameterException(
          "frameNumber", "There is no frame " + frame + "; the object has " + count + ".");
    }
    pictures.frame(object, frame, plan, wanted);
  }

  private static String uid(HttpServletRequest request, String name) {
    String uid = RenderParameters.parameter(request, name).orElse("");
    if (!PathUids.usable(uid)) {
      throw new BadParameterException(name, name + " must be there, and a UID.");
    }
    return uid;
  }

  private static Optional<String> transferSyntax(HttpServletRequest request) {
    Optional<String> syntax =
        RenderParameters.parameter(request, SYNTAX).filter(text -> !text.isEmpty());
    if (syntax.isPresent() && !UID.isValid(syntax.get())) {
      throw new BadParameterException(SYNTAX, "transferSyntax must be a UID.");
    }
    return syntax;
  }

  /** The parameter goes before the header, which serves where there is none (9.1.2.2.1). */
  private static List<MediaRange> accepted(HttpServletRequest request) {
    String[] wanted = request.getParameterValues("contentType");
    List<String> header = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
    return wanted == null || String.join("", wanted).isBlank()
        ? AcceptHeader.of(List.of(), header)
        : AcceptHeader.of(List.of(wanted), List.of());
  }

  private static void warn(
      TenantScope scope,
      HttpServletRequest request,
      HttpServletResponse response,
      Stream<String> useless) {
    List<String> ignored = useless.filter(name -> request.getParameter(name) != null).toList();
    if (!ignored.isEmpty()) {
      Responses.warn(
          response,
          scope.baseUrl(),
          "Of no use for what is sent, and ignored: " + String.join(", ", ignored) + ".");
    }
  }
}
