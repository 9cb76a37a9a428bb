package org.regionalpacs.wado.retrieve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.metadata.SeriesKey;
import org.regionalpacs.wado.transcode.FrameTranscoding;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.MultipartBody;
import org.regionalpacs.wado.web.Part;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Retrieves frames, each a part of its own (PS3.18 10.4.1.1.6). */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class FrameController {
  private final StoredInstances instances;
  private final FrameSources sources;
  private final FrameTranscoding transcoding;
  private final IndexedFrameSending indexed;
  private final AnswerCodings codings;

  FrameController(
      StoredInstances instances,
      FrameSources sources,
      FrameTranscoding transcoding,
      IndexedFrameSending indexed,
      AnswerCodings codings) {
    this.instances = instances;
    this.sources = sources;
    this.transcoding = transcoding;
    this.indexed = indexed;
    this.codings = codings;
  }

  @GetMapping("/studies/{study}/series/{series}/instances/{instance}/frames/{frames}")
  void frames(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance,
      @PathVariable String frames,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    List<Integer> numbers = FrameList.parse(frames);
    SeriesKey key = new SeriesKey(scope.tenant(), study, series);
    if (indexed.send(key, instance, numbers, request, response)) {
      return;
    }
    InstanceObject object = instances.one(scope, study, series, instance);
    indexed.found(object);
    RequestLog log = RequestLog.of(request);
    new FrameSearch(sources, log, HeldEncoding.of(object), AcceptHeader.of(request), numbers)
        .<Answer>first(opened ->
            opened.plan().isMade()
                ? made(new MadeFrames(object, opened, transcoding, numbers, log), request, response)
                : () -> sendStored(opened, numbers, request, response))
        .send();
  }

  /** An answer that can be sent. */
  @FunctionalInterface
  private interface Answer {
    void send() throws IOException;
  }

  /** What can't be made of the first frame is known before the first byte goes out. */
  private Answer made(MadeFrames made, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("HEAD")) {
      made.prepare();
    }
    return () -> sendMade(made, request, response);
  }

  private void sendStored(
      OpenedFrames opened,
      List<Integer> numbers,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    FrameNegotiation.Plan plan = opened.plan();
    List<Part> parts = numbers.stream().map(opened::stored).toList();
    if (plan.multipart()) {
      MultipartBody body = new MultipartBody(plan.mediaType(), parts);
      if (!sentCoded(plan, PlainAnswer.of(body), request, response)) {
        Responses.send(request, response, body);
      }
    } else {
      sendOnly(plan, parts.getFirst(), request, response);
    }
  }

  private void sendMade(MadeFrames made, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    FrameNegotiation.Plan plan = made.plan();
    try (made) {
      if (plan.multipart()) {
        MultipartBody body = MultipartBody.ofParts(plan.mediaType(), made);
        if (!sentCoded(plan, PlainAnswer.of(body), request, response)) {
          Responses.send(request, response, body);
        }
      } else if (request.getMethod().equals("HEAD")) {
        Responses.send(request, response, plan.contentType(), OptionalLong.empty(), _ -> {});
      } else {
        sendOnly(plan, made.made(), request, response);
      }
    }
  }

  private void sendOnly(
      FrameNegotiation.Plan plan,
      Part only,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!sentCoded(plan, PlainAnswer.of(only), request, response)) {
      Responses.send(request, response, only.contentType(), only.length(), only.body());
    }
  }

  /** What is compressed already gets no smaller. */
  private boolean sentCoded(
      FrameNegotiation.Plan plan,
      PlainAnswer answer,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    return plan.transferSyntax().equals(UID.ExplicitVRLittleEndian)
        && codings.send(request, response, answer);
  }
}
