package org.regionalpacs.wado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.util.ServletRequestPathUtils;

class KnownPathsTest {
  private static final String METADATA = "/dicom-web/studies/{study}/metadata";

  private final KnownPaths paths = new KnownPaths();

  /** Handles what the tests map. */
  static final class Handlers {
    void metadata() {}

    void pins() {}
  }

  @BeforeEach
  void start() {
    paths.setApplicationContext(new StaticWebApplicationContext());
    paths.afterPropertiesSet();
  }

  /** Only what is remembered is found when it isn't mapped any longer. */
  @Test
  void givenAPathThatWasFound_whenAnotherDiffersInItsUid_thenItIsKnown() throws Exception {
    RequestMappingInfo metadata = map(RequestMappingInfo.paths(METADATA), "metadata");
    assertThat(handler("GET", "/dicom-web/studies/1.2/metadata")).contains("metadata");
    paths.unregisterMapping(metadata);
    MockHttpServletRequest other = request("GET", "/dicom-web/studies/1.3/metadata");

    assertThat(handler(other)).contains("metadata");

    assertThat(other.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE))
        .isEqualTo(Map.of("study", "1.3"));
    assertThat(other.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
        .hasToString(METADATA);
    assertThat(other.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE))
        .isInstanceOf(HandlerMethod.class);
    assertThat(handler("HEAD", "/dicom-web/studies/1.3/metadata")).isEmpty();
    assertThat(handler("GET", "/dicom-web/studies/1.3/other")).isEmpty();
  }

  @Test
  void givenAHandlerThatIsChosenByWhatItProduces_whenFound_thenItIsNotRemembered()
      throws Exception {
    RequestMappingInfo pins =
        map(RequestMappingInfo.paths("/api/pins/{study}").produces("application/json"), "pins");
    assertThat(handler("GET", "/api/pins/1.2")).contains("pins");

    paths.unregisterMapping(pins);

    assertThat(handler("GET", "/api/pins/1.2")).isEmpty();
  }

  private RequestMappingInfo map(RequestMappingInfo.Builder mapping, String handler)
      throws Exception {
    RequestMappingInfo info =
        mapping.methods(RequestMethod.GET).options(paths.getBuilderConfiguration()).build();
    paths.registerMapping(info, new Handlers(), Handlers.class.getDeclaredMethod(handler));
    return info;
  }

  private static MockHttpServletRequest request(String method, String path) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
    ServletRequestPathUtils.parseAndCache(request);
    return request;
  }

  private Optional<String> handler(String method, String path) throws Exception {
    return handler(request(method, path));
  }

  private Optional<String> handler(MockHttpServletRequest request) throws Exception {
    return Optional.ofNullable(paths.getHandler(request))
        .map(HandlerExecutionChain::getHandler)
        .map(HandlerMethod.class::cast)
        .map(found -> found.getMethod().getName());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/dicom-web/studies/1.2.3, GET/dicom-web/studies/*",
    "/dicom-web/studies/1.2.3/metadata, GET/dicom-web/studies/*/metadata",
    "/dicom-web/studies/1.2/series/3/instances/4.5/frames/1, "
        + "GET/dicom-web/studies/*/series/*/instances/*/frames/*",
    "/tenants/north-2/dicom-web/studies, GET/tenants/north-2/dicom-web/studies",
    "/tenants/7/dicom-web/studies, GET/tenants/*/dicom-web/studies",
    "/dicom-web//studies/, GET/dicom-web//studies/",
    "/, GET/"
  })
  void givenPaths_whenUidsDiffer_thenTheirShapeIsTheSame(String path, String shape) {
    assertThat(KnownPaths.shape("GET", path)).contains(shape);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "POST, /dicom-web/studies",
    "OPTIONS, /dicom-web/studies",
    "DELETE, /dicom-web/studies/1.2",
    "GET, /dicom-web/studies/1%2E2",
    "GET, '/dicom-web/studies/1;a=b'",
    "GET, '/dicom-web/studies/1/series/2/instances/3/frames/1,2'"
  })
  void givenWhatIsChosenByMore_whenAsked_thenItHasNoShape(String method, String path) {
    assertThat(KnownPaths.shape(method, path)).isEmpty();
  }

  @Test
  void givenAVeryLongPath_whenAsked_thenItIsNotRemembered() {
    assertThat(KnownPaths.shape("GET", "/" + "a".repeat(600))).isEmpty();
  }
}
