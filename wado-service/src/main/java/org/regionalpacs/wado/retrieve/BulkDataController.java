package org.regionalpacs.wado.retrieve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.BulkDataReader;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.wado.web.AcceptHeader;
import org.regionalpacs.wado.web.BadParameterException;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.MultipartBody;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.NotFoundException;
import org.regionalpacs.wado.web.Part;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Retrieves single values by the URI that metadata gives for them (PS3.18 10.4.1.1.5), whole or by
 * range. Who doesn't ask for multipart gets the plain bytes, as viewers expect.
 */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class BulkDataController {
  private static final String OCTETS = FrameNegotiation.OCTETS;
  private static final Pattern PATH = Pattern.compile("[0-9A-Fa-f]{8}(/\\d{1,9}/[0-9A-Fa-f]{8})*");

  private final StoredInstances instances;
  private final AnswerCodings codings;

  BulkDataController(StoredInstances instances, AnswerCodings codings) {
    this.instances = instances;
    this.codings = codings;
  }

  @GetMapping({
    "/studies/{study}/series/{series}/instances/{instance}/bulkdata/{*path}",
    "/studies/{study}/series/{series}/instances/{instance}/bulk/{*path}"
  })
  void bulkData(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance,
      @PathVariable String path,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String element = path.substring(1);
    if (!PATH.matcher(element).matches()) {
      throw new BadParameterException(
          "path", "The path of bulk data must be TAG, or TAG/ITEM/TAG and so on.");
    }
    boolean multipart = negotiateMultipart(AcceptHeader.of(request));
    InstanceObject object = instances.one(scope, study, series, instance);
    BulkDataReader value =
        BulkDataReader.find(instances.open(object, RequestLog.of(request)), element)
            .orElseThrow(() -> new NotFoundException("There is no value at " + element + "."));
    if (multipart) {
      sendMultipart(value, object, request, response);
    } else {
      sendBytes(value, object, request, response);
    }
  }

  private static boolean negotiateMultipart(List<MediaRange> accepted) {
    return accepted.stream()
        .filter(range -> range.covers(OCTETS))
        .findFirst()
        .orElseThrow(() -> new NotAcceptableException(List.of(OCTETS)))
        .multipart();
  }

  private void sendMultipart(
      BulkDataReader value,
      InstanceObject object,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String syntax = value.encapsulated() ? object.transferSyntax() : UID.ExplicitVRLittleEndian;
    Part part =
        new Part(
            OCTETS + "; transfer-syntax=" + syntax, OptionalLong.of(value.length()), value::copy);
    MultipartBody body = new MultipartBody(OCTETS, List.of(part));
    if (value.encapsulated() || !codings.send(request, response, PlainAnswer.of(body))) {
      Responses.send(request, response, body);
    }
  }

  private void sendBytes(
      BulkDataReader value,
      InstanceObject object,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String etag = "\"" + object.receptionId() + "\"";
    if (codings.notModified(request, response, etag)) {
      return;
    }
    if (!value.encapsulated() && request.getHeader(HttpHeaders.RANGE) == null) {
      Part whole = new Part(OCTETS, OptionalLong.of(value.length()), value::copy);
      if (codings.send(request, response, PlainAnswer.of(whole).withEtag(etag))) {
        return;
      }
    }
    ByteRanges.Bytes bytes = new ByteRanges.Bytes(value.length(), value::copy);
    ByteRanges.send(request, response, OCTETS, etag, bytes);
  }
}
