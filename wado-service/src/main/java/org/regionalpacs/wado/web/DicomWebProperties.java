package org.regionalpacs.wado.web;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the DICOMweb front is seen from outside.
 *
 * @param baseUrl the address of the default tenant's service, as clients reach it; URLs in
 *     responses start with it. Ends with {@code /dicom-web}.
 * @param allowedOrigins origins whose pages may use the service from a browser (CORS); {@code *}
 *     for all, none by default
 * @param exposedHeaders headers of answers that such pages may read
 * @param preflightAge how long a browser may remember what it is allowed
 * @param http2 whether HTTP/2 without TLS (h2c) is spoken beside HTTP/1.1
 */
@Validated
@ConfigurationProperties("pacs.dicomweb")
public record DicomWebProperties(
    @DefaultValue("http://127.0.0.1:8080/dicom-web")
        @Pattern(
            regexp = "https?://[^/?#]+(/[^?#]*)?/dicom-web",
            message = "must be an http(s) URL that ends with /dicom-web")
        String baseUrl,
    @DefaultValue @NotNull List<String> allowedOrigins,
    @DefaultValue({
          "Content-Type",
          "Content-Length",
          "Content-Range",
          "Content-Location",
          "Accept-Ranges",
          "ETag",
          "Warning",
          "Retry-After"
        })
        @NotNull
        List<String> exposedHeaders,
    @DefaultValue("1h") @DurationMin(seconds = 0) @DurationMax(days = 1) Duration preflightAge,
    @DefaultValue("true") boolean http2) {

  private static final String SUFFIX = "/dicom-web";

  /** The address of a tenant's service when the request names the tenant. */
  String baseUrlOf(String tenant) {
    String root = baseUrl.substring(0, baseUrl.length() - SUFFIX.length());
    return root + "/tenants/" + tenant + SUFFIX;
  }
}
