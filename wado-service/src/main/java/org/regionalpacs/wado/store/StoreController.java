package org.regionalpacs.wado.store;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.BadBodyException;
import org.regionalpacs.wado.web.JsonMediaType;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.MultipartFormatException;
import org.regionalpacs.wado.web.MultipartReader;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.regionalpacs.wado.web.UnavailableException;
import org.regionalpacs.wado.web.UnsupportedContentException;
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
  private static final String DICOM = "application/dicom";
  private static final String MULTIPART = "multipart/related";

  private final ObjectReceiver receiver;
  private final StoreSlots slots;
  private final StoreProperties properties;

  StoreController(ObjectReceiver receiver, StoreSlots slots, StoreProperties properties) {
    this.receiver = receiver;
    this.slots = slots;
    this.properties = properties;
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
    String mediaType = JsonMediaType.negotiate(request);
    MediaRange content = content(request);
    List<StoreOutcome> outcomes = new ArrayList<>();
    Optional<String> broken = Optional.empty();
    try (StoreSlots.Slot _ = slots.take()) {
      RequestBody body = RequestBody.of(request);
      receiver.requireRoom(body.rest());
      if (content.type().equals(DICOM)) {
        outcomes.add(receive(scope, study, request, body.rest(), body));
      } else {
        broken = receiveParts(scope, study, request, body, content, outcomes);
      }
    }
    if (outcomes.isEmpty()) {
      throw new BadBodyException(broken.orElse("The body holds no part."));
    }
    answer(new StoreResponse(scope, outcomes), broken, mediaType, scope, request, response);
  }

  private static MediaRange content(HttpServletRequest request) {
    MediaRange content =
        AcceptHeader.mediaType(Optional.ofNullable(request.getContentType()).orElse(""));
    boolean multipart =
        content.type().equals(MULTIPART)
            && content.parameters().getOrDefault("type", DICOM).equalsIgnoreCase(DICOM);
    if (!multipart && !content.type().equals(DICOM)) {
      throw new UnsupportedContentException(
          "Content-Type must be multipart/related; type=\"application/dicom\","
              + " or application/dicom for one object.");
    }
    return content;
  }

  /**
   * @return what is wrong with the body as a whole
   */
  private Optional<String> receiveParts(
      TenantScope scope,
      Optional<String> study,
      HttpServletRequest request,
      RequestBody body,
      MediaRange content,
      List<StoreOutcome> outcomes)
      throws IOException {
    try {
      String boundary = content.parameters().getOrDefault("boundary", "");
      MultipartReader parts = new MultipartReader(body, boundary);
      Optional<MultipartReader.Incoming> part = parts.next();
      while (part.isPresent()) {
        if (outcomes.size() == properties.maxParts()) {
          return Optional.of("The body has more than " + properties.maxParts() + " parts.");
        }
        outcomes.add(receive(scope, study, request, body.rest(), part.get()));
        part = parts.next();
      }
      return Optional.empty();
    } catch (MultipartFormatException e) {
      return Optional.of(e.getMessage());
    }
  }

  private StoreOutcome receive(
      TenantScope scope,
      Optional<String> study,
      HttpServletRequest request,
      OptionalLong announced,
      MultipartReader.Incoming part)
      throws IOException {
    String type = AcceptHeader.mediaType(part.headers().getOrDefault("content-type", DICOM)).type();
    if (!type.equals(DICOM)) {
      return new StoreOutcome.Failed(
          Optional.empty(),
          Optional.empty(),
          FailureReason.CANNOT_UNDERSTAND,
          "a part is not application/dicom");
    }
    return receive(scope, study, request, announced, part.body());
  }

  private StoreOutcome receive(
      TenantScope scope,
      Optional<String> study,
      HttpServletRequest request,
      OptionalLong announced,
      InputStream body)
      throws IOException {
    return receiver.receive(scope.tenant(), study, request.getRemoteAddr(), announced, body);
  }

  private static void answer(
      StoreResponse result,
      Optional<String> broken,
      String mediaType,
      TenantScope scope,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    int status = result.status(broken.isEmpty());
    if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      throw new UnavailableException("Nothing was stored: " + String.join("; ", result.comments()));
    }
    response.setStatus(status);
    broken.ifPresent(text ->
        Responses.warn(response, scope.baseUrl(), text + " What follows was not looked at."));
    result.comments().forEach(text -> Responses.warn(response, scope.baseUrl(), text));
    RequestLog.of(request).received(result.bytes());
    RequestLog.of(request).comment(String.join("; ", result.comments()));
    Responses.send(request, response, mediaType, OptionalLong.empty(), result::write);
  }
}
