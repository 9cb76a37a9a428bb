package org.regionalpacs.wado.store;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.BadBodyException;
import org.regionalpacs.wado.web.ContentTooLargeException;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.regionalpacs.wado.web.UnavailableException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Stores objects (PS3.18 10.5), streamed part by part. A bad part never stops the others; a body
 * that breaks off ends the request, and what was stored before stays stored.
 */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class StoreController {
  private static final String XML = "application/dicom+xml";
  private static final List<String> ANSWERS =
      List.of("application/dicom+json", XML, "application/json");

  private final ObjectPayload objects;
  private final MetadataPayload metadata;
  private final StoreSlots slots;

  StoreController(ObjectPayload objects, MetadataPayload metadata, StoreSlots slots) {
    this.objects = objects;
    this.metadata = metadata;
    this.slots = slots;
  }

  @PostMapping("/studies")
  void store(TenantScope scope, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    store(scope, Optional.empty(), request, response);
  }

  @PostMapping("/studies/{study}")
  void storeInStudy(
      TenantScope scope,
      @PathVariable String study,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    PathUids.require("study", study);
    store(scope, Optional.of(study), request, response);
  }

  private void store(
      TenantScope scope,
      Optional<String> study,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String mediaType = negotiate(request);
    StorePayload payload = StorePayload.of(request);
    StoreRequest target = new StoreRequest(scope, study, request.getRemoteAddr());
    RequestBody body = RequestBody.of(request);
    StoreResult result;
    try (StoreSlots.Slot _ = slots.take()) {
      result =
          switch (payload.kind()) {
            case OBJECTS -> objects.store(target, payload, body);
            case JSON, XML -> metadata.store(target, payload, body);
          };
    }
    if (result.outcomes().isEmpty() && !result.tooLarge()) {
      throw new BadBodyException(result.ended().orElse("The body holds no object."));
    }
    answer(result, mediaType, scope, request, response);
  }

  /** The Content-Type to answer with. */
  private static String negotiate(HttpServletRequest request) {
    for (MediaRange range : AcceptHeader.of(request)) {
      for (String mediaType : ANSWERS) {
        if (range.covers(mediaType)) {
          return mediaType;
        }
      }
    }
    throw new NotAcceptableException(ANSWERS);
  }

  private static void answer(
      StoreResult result,
      String mediaType,
      TenantScope scope,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    StoreResponse answer = new StoreResponse(scope, result);
    int status = answer.status();
    RequestLog.of(request)
        .stored(
            answer.common(StorageMessage::study),
            answer.common(StorageMessage::series),
            answer.common(StorageMessage::sopInstance));
    RequestLog.of(request).comment(String.join("; ", answer.comments()));
    if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      throw new UnavailableException("Nothing was stored: " + String.join("; ", answer.comments()));
    }
    if (status == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE && answer.nothingStored()) {
      throw new ContentTooLargeException(
          "Nothing was stored: " + result.ended().orElse(String.join("; ", answer.comments())));
    }
    response.setStatus(status);
    result
        .ended()
        .ifPresent(text ->
            Responses.warn(response, scope.baseUrl(), text + " What follows was not looked at."));
    answer.comments().forEach(text -> Responses.warn(response, scope.baseUrl(), text));
    boolean xml = mediaType.equals(XML);
    Responses.send(
        request,
        response,
        mediaType,
        OptionalLong.empty(),
        xml ? answer::writeXml : answer::writeJson);
  }
}
