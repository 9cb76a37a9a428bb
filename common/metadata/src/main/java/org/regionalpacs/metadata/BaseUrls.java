package org.regionalpacs.metadata;

/**
 * What most readers of a tenant's documents reach DICOMweb by.
 *
 * @param baseUrl that of the default tenant
 * @param defaultTenant who needs not be named
 */
record BaseUrls(String baseUrl, String defaultTenant) {
  private static final String SUFFIX = "/dicom-web";

  String of(String tenant) {
    if (tenant.equals(defaultTenant) || !baseUrl.endsWith(SUFFIX)) {
      return baseUrl;
    }
    String root = baseUrl.substring(0, baseUrl.length() - SUFFIX.length());
    return root + "/tenants/" + tenant + SUFFIX;
  }
}
