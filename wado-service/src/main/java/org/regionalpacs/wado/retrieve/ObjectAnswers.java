package org.regionalpacs.wado.retrieve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.retrieve.ZipBody.ZippedFile;
import org.regionalpacs.wado.web.BodySource;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.MultipartBody;
import org.regionalpacs.wado.web.Part;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.Responses;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Sends whole objects as was negotiated: as they are stored, written anew, or transcoded. */
@Component
public class ObjectAnswers {
  private final ObjectPlans plans;
  private final ObjectSending sending;

  ObjectAnswers(ObjectPlans plans, ObjectSending sending) {
    this.plans = plans;
    this.sending = sending;
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
    List<ObjectPlan> planned = plans.of(objects, oneInstance, accepted);
    boolean head = request.getMethod().equals("HEAD");
    SentObjects sent = new SentObjects(sending, planned, oneInstance, RequestLog.of(request));
    try (sent) {
      sent.checkReachable(head);
      switch (planned.getFirst().packaging()) {
        case MULTIPART -> sendMultipart(sent, request, response);
        case SINGLE -> sendSingle(sent, head, request, response);
        case ZIP -> sendZip(objects, planned, sent, request, response);
      }
    }
  }

  private static void sendMultipart(
      SentObjects sent, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (sent.isKnownBeforehand()) {
      MultipartBody stored = new MultipartBody(ObjectNegotiation.DICOM, sent.all());
      sendFiles(stored.contentType(), stored.length(), stored, request, response);
    } else {
      Responses.send(request, response, MultipartBody.ofParts(ObjectNegotiation.DICOM, sent));
    }
  }

  /** What goes out as it is stored, by large pieces. */
  private static void sendFiles(
      String contentType,
      OptionalLong length,
      BodySource body,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    DirectOutput.prepare(request, response);
    Responses.send(
        request,
        response,
        contentType,
        length,
        _ -> DirectOutput.send(body, response.getOutputStream()));
  }

  private static void sendSingle(
      SentObjects sent, boolean head, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (head && !sent.isKnownBeforehand()) {
      Responses.send(request, response, sent.contentType(), OptionalLong.empty(), _ -> {});
      return;
    }
    Part only = sent.made();
    if (sent.isKnownBeforehand()) {
      sendFiles(only.contentType(), only.length(), only.body(), request, response);
    } else {
      Responses.send(request, response, only.contentType(), only.length(), only.body());
    }
  }

  /** A folder for each series, a file for each instance, named by their UIDs. */
  private static void sendZip(
      List<InstanceObject> objects,
      List<ObjectPlan> planned,
      SentObjects sent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    List<ZippedFile> files = planned.stream().map(plan -> zipped(plan, sent)).toList();
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"" + objects.getFirst().study() + ".zip\"");
    Responses.send(
        request, response, ObjectNegotiation.ZIP, OptionalLong.empty(), new ZipBody(files));
  }

  private static ZippedFile zipped(ObjectPlan plan, SentObjects sent) {
    InstanceObject object = plan.object();
    boolean compressible =
        switch (StoredEncoding.of(plan.best().syntax())) {
          case EXPLICIT_LITTLE_ENDIAN, NOT_FOR_THE_WEB -> true;
          case DEFLATED, LOSSLESS, LOSSY, LOSSY_UNDECODED, UNKNOWN -> false;
        };
    return new ZippedFile(object.series() + "/" + object.sop() + ".dcm", compressible, sent::made);
  }
}
