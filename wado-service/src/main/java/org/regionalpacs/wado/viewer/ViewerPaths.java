package org.regionalpacs.wado.viewer;

import org.regionalpacs.wado.web.DicomWebProperties;
import org.regionalpacs.wado.web.TenantScope;

/**
 * Paths of a tenant's viewer as browsers see them: with that of a reverse proxy before them, as the
 * base URL has it, and without scheme and host, so that they are right under every name that the
 * service has.
 *
 * @param tenant below which a tenant's services are, without a slash at its end; often empty
 * @param shared the same of what all tenants share
 */
record ViewerPaths(String tenant, String shared) {
  private static final String SERVICE = "/dicom-web";

  static ViewerPaths of(TenantScope scope, DicomWebProperties properties) {
    return new ViewerPaths(root(scope.baseUrl()), root(properties.baseUrl()));
  }

  private static String root(String baseUrl) {
    String path = baseUrl.replaceFirst("^https?://[^/]+", "");
    return path.substring(0, path.length() - SERVICE.length());
  }

  /** Of DICOMweb. */
  String dicomWeb() {
    return tenant + SERVICE;
  }

  /** Of WADO-URI. */
  String wado() {
    return tenant + "/wado";
  }

  /** Of the page. */
  String page() {
    return tenant + "/viewer";
  }

  /** Of the files, with a slash at its end. */
  String files(String key) {
    return shared + "/viewer/files/" + key + "/";
  }
}
