package org.regionalpacs.wado.metadata;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;
import org.regionalpacs.metadata.InstanceMetadata;
import org.regionalpacs.metadata.InstanceMetadataService;
import org.regionalpacs.metadata.SeriesMetadataDocument;
import org.regionalpacs.metadata.SeriesMetadataService;
import org.regionalpacs.storage.StorageConfiguration;
import org.regionalpacs.wado.web.Conditional;
import org.regionalpacs.wado.web.Existence;
import org.regionalpacs.wado.web.PathUids;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.Responses;
import org.regionalpacs.wado.web.TenantScope;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Retrieves metadata (PS3.18 10.4.1.1.2). That of a series was made ahead and goes out as it lies
 * there, gzipped; that of a study is its series' one after the other, unparsed.
 */
@RestController
@RequestMapping({"/dicom-web", "/tenants/{tenant}/dicom-web"})
class MetadataController {
  private final SeriesMetadataService series;
  private final InstanceMetadataService instances;
  private final StudyMetadata studies;
  private final Existence existence;

  MetadataController(
      SeriesMetadataService series,
      InstanceMetadataService instances,
      StudyMetadata studies,
      Existence existence) {
    this.series = series;
    this.instances = instances;
    this.studies = studies;
    this.existence = existence;
  }

  @GetMapping("/studies/{study}/metadata")
  void study(
      TenantScope scope,
      @PathVariable String study,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    MetadataFormat format = MetadataFormat.negotiate(request);
    PathUids.require("study", study);
    List<SeriesMetadataDocument> documents = studies.documents(scope, study);
    if (documents.isEmpty()) {
      throw existence.noStudy(study);
    }
    RequestLog.of(request).servedFrom(StorageConfiguration.DERIVED);
    if (format == MetadataFormat.DICOM_XML) {
      List<XmlMetadata.Json> json =
          documents.stream().map(each -> (XmlMetadata.Json) each::json).toList();
      sendXml(json, StudyMetadata.etag(documents, false), request, response);
      return;
    }
    boolean gzip = Conditional.gzipAccepted(request);
    vary(response);
    if (Conditional.notModified(request, response, StudyMetadata.etag(documents, gzip))) {
      return;
    }
    if (gzip) {
      response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    Responses.send(
        request,
        response,
        format.mediaType(),
        OptionalLong.empty(),
        out -> StudyMetadata.write(documents, gzip, out));
  }

  @GetMapping("/studies/{study}/series/{series}/metadata")
  void series(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable("series") String seriesUid,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    MetadataFormat format = MetadataFormat.negotiate(request);
    PathUids.require("study", study);
    PathUids.require("series", seriesUid);
    SeriesMetadataDocument document =
        series
            .open(scope.tenant(), study, seriesUid, scope.baseUrl())
            .orElseThrow(() -> existence.noSeries(scope, study, seriesUid));
    RequestLog.of(request).servedFrom(StorageConfiguration.DERIVED);
    if (format == MetadataFormat.DICOM_XML) {
      try (InputStream in = document.json()) {
        sendXml(List.of(() -> in), document.etag(), request, response);
      }
      return;
    }
    boolean gzip = Conditional.gzipAccepted(request);
    vary(response);
    // Opened first: a document that had to be made anew has another entity tag.
    try (InputStream in = gzip ? document.gzip() : document.json()) {
      String etag = gzip ? document.gzipEtag() : document.etag();
      if (Conditional.notModified(request, response, etag)) {
        return;
      }
      if (gzip) {
        response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      }
      OptionalLong length = gzip ? document.gzipLength() : OptionalLong.empty();
      Responses.send(request, response, format.mediaType(), length, in::transferTo);
    }
  }

  @GetMapping("/studies/{study}/series/{series}/instances/{instance}/metadata")
  void instance(
      TenantScope scope,
      @PathVariable String study,
      @PathVariable("series") String seriesUid,
      @PathVariable String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    MetadataFormat format = MetadataFormat.negotiate(request);
    PathUids.require("study", study);
    PathUids.require("series", seriesUid);
    PathUids.require("instance", instance);
    InstanceMetadata metadata =
        instances
            .open(
                scope.tenant(),
                study,
                seriesUid,
                instance,
                scope.baseUrl(),
                RequestLog.of(request)::servedFrom)
            .orElseThrow(() -> existence.noInstance(scope, study, seriesUid, instance));
    byte[] json = metadata.json();
    if (format == MetadataFormat.DICOM_XML) {
      XmlMetadata.Json object = () -> new ByteArrayInputStream(json);
      sendXml(List.of(object), metadata.etag(), request, response);
      return;
    }
    if (Conditional.notModified(request, response, metadata.etag())) {
      return;
    }
    Responses.send(
        request,
        response,
        format.mediaType(),
        OptionalLong.of(json.length + 2L),
        out -> array(json, out));
  }

  /** Not gzipped: who wants it small takes JSON, which lies there in that form. */
  private static void sendXml(
      List<XmlMetadata.Json> json,
      String jsonEtag,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (Conditional.notModified(request, response, XmlMetadata.etag(jsonEtag))) {
      return;
    }
    XmlMetadata xml = new XmlMetadata(json);
    Responses.send(request, response, xml.contentType(), OptionalLong.empty(), xml);
  }

  private static void array(byte[] json, OutputStream out) throws IOException {
    out.write('[');
    out.write(json);
    out.write(']');
  }

  private static void vary(HttpServletResponse response) {
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
  }
}
