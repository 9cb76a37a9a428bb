package org.regionalpacs.wado.viewer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The viewer's configuration, {@code app-config.js}: where it is, where DICOMweb is, who
 * authenticates. Values go into it as JSON, which JavaScript reads as such; nothing of them is ever
 * code. The language is that of the browser, unless {@code ?lng=} names one.
 */
final class ViewerConfig {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SOURCE = "dicomweb";

  private ViewerConfig() {}

  /**
   * The script.
   *
   * @param baseUrl of the tenant's DICOMweb service; links in metadata start with it
   * @param key of the files
   */
  static String script(ViewerPaths paths, String baseUrl, String key, ViewerProperties.Oidc oidc) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("routerBasename", paths.page());
    config.put("extensions", List.of());
    config.put("modes", List.of());
    config.put("customizationService", Map.of());
    config.put("showStudyList", true);
    config.put("maxNumberOfWebWorkers", 3);
    config.put("showWarningMessageForCrossOrigin", true);
    config.put("showCPUFallbackMessage", true);
    config.put("showLoadingIndicator", true);
    config.put("strictZSpacingForVolumeViewport", true);
    config.put("groupEnabledModesFirst", true);
    config.put("investigationalUseDialog", Map.of("option", "never"));
    config.put("maxNumRequests", ordered("interaction", 100, "thumbnail", 75, "prefetch", 25));
    config.put("defaultDataSourceName", SOURCE);
    config.put("dataSources", List.of(dataSource(paths, baseUrl)));
    if (oidc.isSet()) {
      config.put("oidc", List.of(provider(oidc)));
    }
    return "window.PUBLIC_URL = %s;%nwindow.config = %s;%n"
        .formatted(
            JSON.writeValueAsString(paths.files(key)),
            JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config));
  }

  private static Map<String, Object> dataSource(ViewerPaths paths, String baseUrl) {
    Map<String, Object> configuration =
        ordered(
            "friendlyName",
            "Regional PACS",
            "name",
            "regional-pacs",
            "wadoUriRoot",
            paths.wado(),
            "qidoRoot",
            paths.dicomWeb(),
            "wadoRoot",
            paths.dicomWeb(),
            "qidoSupportsIncludeField",
            true,
            "supportsReject",
            false,
            "imageRendering",
            "wadors",
            "thumbnailRendering",
            "wadors",
            "enableStudyLazyLoad",
            true,
            "supportsFuzzyMatching",
            true,
            "supportsWildcard",
            true,
            "omitQuotationForMultipartRequest",
            true,
            "singlepart",
            "bulkdata,video,pdf",
            // Metadata has whole URLs; the page may be open under another name of this host.
            "bulkDataURI",
            ordered(
                "enabled",
                true,
                "relativeResolution",
                "studies",
                "startsWith",
                baseUrl,
                "prefixWith",
                paths.dicomWeb()));
    return ordered(
        "namespace", "@ohif/extension-default.dataSourcesModule.dicomweb",
        "sourceName", SOURCE,
        "configuration", configuration);
  }

  /** OHIF completes the URIs by its own address. */
  private static Map<String, Object> provider(ViewerProperties.Oidc oidc) {
    return ordered(
        "authority",
        oidc.authority(),
        "client_id",
        oidc.clientId(),
        "scope",
        oidc.scope(),
        "response_type",
        "code",
        "redirect_uri",
        "/callback",
        "silent_redirect_uri",
        "/silent-refresh",
        "post_logout_redirect_uri",
        "/",
        "automaticSilentRenew",
        true,
        "revokeAccessTokenOnSignout",
        true);
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
