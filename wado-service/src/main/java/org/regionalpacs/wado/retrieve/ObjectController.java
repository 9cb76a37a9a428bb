package org.regionalpacs.wado.retrieve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.Recoder;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.MultipartBody;
import org.regionalpacs.wado.web.Part;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Retrieves whole objects of a study, a series or one (PS3.18 10.4.1.1.1-3). Files that go out as
 * they are stored are neither parsed nor held in memory, and the length of the body is known.
 */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class ObjectController {
  private final StoredInstances instances;

  ObjectController(StoredInstances instances) {
    this.instances = instances;
  }

  @GetMapping("/studies/{study}")
  void study(
      TenantScope scope,
      @PathVariable String study,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(instances.ofStudy(scope, study), false, request, response);
  }

  @GetMapping("/studies/{study}/series/{series}")
  void series(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable String series,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(instances.ofSeries(scope, study, series), false, request, response);
  }

  @GetMapping("/studies/{study}/series/{series}/instances/{instance}")
  void instance(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(List.of(instances.one(scope, study, series, instance)), true, request, response);
  }

  private void send(
      List<InstanceObject> objects,
      boolean oneInstance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    send(objects, oneInstance, AcceptHeader.of(request), request, response);
  }

  /** Sends objects in a representation that is accepted. */
  void send(
      List<InstanceObject> objects,
      boolean oneInstance,
      List<MediaRange> accepted,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Set<String> stored =
        objects.stream().map(InstanceObject::transferSyntax).collect(Collectors.toSet());
    ObjectNegotiation.Plan plan = ObjectNegotiation.plan(accepted, oneInstance, stored);
    RequestLog log = RequestLog.of(request);
    Function<InstanceObject, ByteSource> opener =
        oneInstance ? object -> instances.open(object, log) : o -> instances.openOnce(o, log);
    checkReachable(objects, request, opener);
    List<Part> parts =
        objects.stream().map(object -> part(object, plan, opener.apply(object))).toList();
    if (plan.multipart()) {
      Responses.send(request, response, new MultipartBody(ObjectNegotiation.DICOM, parts));
    } else {
      Part only = parts.getFirst();
      Responses.send(request, response, only.contentType(), only.length(), only.body());
    }
  }

  /**
   * Before the first byte goes out, so that there is still a status to say it with. The bytes of
   * the first object are only asked for when none go out: else their being sent is the test.
   */
  private static void checkReachable(
      List<InstanceObject> objects,
      HttpServletRequest request,
      Function<InstanceObject, ByteSource> opener)
      throws IOException {
    for (InstanceObject object : objects) {
      opener.apply(object).size();
    }
    if (request.getMethod().equals("HEAD")) {
      opener.apply(objects.getFirst()).open(0, 0).close();
    }
  }

  private static Part part(InstanceObject object, ObjectNegotiation.Plan plan, ByteSource bytes) {
    String stored = object.transferSyntax();
    String contentType = ObjectNegotiation.DICOM + "; transfer-syntax=" + plan.syntaxSent(stored);
    return switch (plan.actions().get(stored)) {
      case SEND_AS_STORED ->
          new Part(
              contentType, OptionalLong.of(object.size()), out -> send(bytes, object.size(), out));
      case RECODE ->
          new Part(
              contentType, OptionalLong.empty(), out -> Recoder.toExplicitLittleEndian(bytes, out));
      case NONE -> throw new IllegalStateException("not negotiated");
    };
  }

  private static void send(ByteSource bytes, long size, OutputStream out) throws IOException {
    try (InputStream in = bytes.open(0, size)) {
      Copying.copy(in, out);
    }
  }
}
