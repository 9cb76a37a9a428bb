package org.regionalpacs.wado.retrieve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.retrieve.ZipBody.ZippedFile;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.MultipartBody;
import org.regionalpacs.wado.web.Part;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.Responses;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Sends whole objects as was negotiated: as they are stored, or written anew. */
@Component
public class ObjectAnswers {
  private final StoredInstances instances;
  private final Recoding recoding;

  ObjectAnswers(StoredInstances instances, Recoding recoding) {
    this.instances = instances;
    this.recoding = recoding;
  }

  /**
   * Sends objects in a representation that is accepted.
   *
   * @param oneInstance whether one was asked for, which may go out alone
   * @param accepted most wanted first
   */
  public void send(
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
    switch (plan.packaging()) {
      case MULTIPART ->
          Responses.send(request, response, new MultipartBody(ObjectNegotiation.DICOM, parts));
      case SINGLE -> {
        Part only = parts.getFirst();
        Responses.send(request, response, only.contentType(), only.length(), only.body());
      }
      case ZIP -> sendZip(objects, parts, request, response);
    }
  }

  /** A folder for each series, a file for each instance, named by their UIDs. */
  private static void sendZip(
      List<InstanceObject> objects,
      List<Part> parts,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    List<ZippedFile> files = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      InstanceObject object = objects.get(i);
      String name = object.series() + "/" + object.sop() + ".dcm";
      boolean compressible =
          switch (StoredEncoding.of(object.transferSyntax())) {
            case EXPLICIT_LITTLE_ENDIAN, NOT_FOR_THE_WEB -> true;
            case DEFLATED, LOSSLESS, LOSSY, UNKNOWN -> false;
          };
      files.add(new ZippedFile(name, compressible, parts.get(i).body()));
    }
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"" + objects.getFirst().study() + ".zip\"");
    Responses.send(
        request, response, ObjectNegotiation.ZIP, OptionalLong.empty(), new ZipBody(files));
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

  private Part part(InstanceObject object, ObjectNegotiation.Plan plan, ByteSource bytes) {
    String stored = object.transferSyntax();
    String contentType = ObjectNegotiation.DICOM + "; transfer-syntax=" + plan.syntaxSent(stored);
    return switch (plan.actions().get(stored)) {
      case SEND_AS_STORED ->
          new Part(
              contentType, OptionalLong.of(object.size()), out -> send(bytes, object.size(), out));
      case RECODE ->
          new Part(
              contentType,
              OptionalLong.empty(),
              out -> recoding.toExplicitLittleEndian(object, bytes, out));
      case NONE -> throw new IllegalStateException("not negotiated");
    };
  }

  private static void send(ByteSource bytes, long size, OutputStream out) throws IOException {
    try (InputStream in = bytes.open(0, size)) {
      Copying.copy(in, out);
    }
  }
}
