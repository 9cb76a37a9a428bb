package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.regionalpacs.wado.RawHttp.Reply;

/** What a browser sends for a page of another origin, such as OHIF's, on every resource (CORS). */
class BrowserIT extends WadoIT {
  private static final String ORIGIN = "Origin: https://viewer.example";
  private static final String EVIL = "Origin: https://evil.example";

  /** The headers that OHIF and dicomweb-client set themselves, as a browser lists them. */
  private static final String ASKED = "accept,authorization,content-type,if-none-match,range";

  private final ReferenceObjects objects = new ReferenceObjects();

  @BeforeAll
  void storeObjects() throws IOException {
    byte[][] files = objects.files();
    assertThat(store("/dicom-web/studies", files).status()).isEqualTo(200);
    indexer.index(files.length);
  }

  static Stream<Arguments> resources() {
    return Stream.of(
            "", // capabilities
            "/studies",
            "/series?limit=1",
            "/instances?limit=1",
            "/studies?limit=101&offset=0&fuzzymatching=true&includefield=00081030%2C00080060",
            "{ct.study}",
            "{ct.study}/series",
            "{ct.study}/instances",
            "{ct.study}/metadata",
            "{ct.study}/rendered",
            "{ct.study}/thumbnail",
            "{ct.series}",
            "{ct.series}/instances",
            "{ct.series}/metadata",
            "{ct.series}/rendered",
            "{ct.series}/thumbnail",
            "{ct}",
            "{ct}/metadata",
            "{ct}/rendered",
            "{ct}/thumbnail",
            "{ct}/frames/1",
            "{ct}/frames/1/rendered",
            "{ct}/frames/1/thumbnail",
            "{ct}/bulkdata/00281201",
            "{ct}/bulk/00480105/1/00282000")
        .flatMap(path -> Stream.of("/dicom-web", "/tenants/default/dicom-web").map(b -> b + path))
        .map(Arguments::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("resources")
  void givenAPageOfAnAllowedOrigin_thenItMayAskAndRead(String resource) throws IOException {
    for (String method : List.of("GET", "HEAD")) {
      Reply preflight = preflight(resource, method, ORIGIN);
      assertThat(preflight.status()).as(preflight.text()).isEqualTo(200);
      assertThat(preflight.body()).isEmpty();
      assertAllowed(preflight);
      assertThat(preflight.header("Access-Control-Allow-Methods")).contains(method);
      for (String header : ASKED.split(",")) {
        assertThat(preflight.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT))
            .contains(header);
      }
      Reply reply = send(method + " " + resource, ORIGIN);
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertAllowed(reply);
      assertThat(reply.header("Access-Control-Expose-Headers"))
          .contains("Content-Type", "Content-Range", "ETag", "Warning");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("resources")
  void givenAPageOfAnotherOrigin_thenItMayNeitherAskNorRead(String resource) throws IOException {
    for (Reply reply : List.of(preflight(resource, "GET", EVIL), send("GET " + resource, EVIL))) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  /** RFC 9110 9.3.2: the headers are those of GET; 9.3.7: OPTIONS says what is allowed. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("resources")
  void givenHeadAndOptions_thenTheyTellWhatGetWouldSay(String resource) throws IOException {
    Reply get = send("GET " + resource, "Accept: */*");
    Reply head = send("HEAD " + resource, "Accept: */*");
    Reply options = send("OPTIONS " + resource, "Accept: */*");

    assertThat(get.status()).isEqualTo(200);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(withoutBoundary(head.header("Content-Type")))
        .isEqualTo(withoutBoundary(get.header("Content-Type")));
    assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
    assertThat(options.status()).isEqualTo(200);
    assertThat(options.header("Allow")).contains("GET", "HEAD", "OPTIONS");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("resources")
  void givenAProblem_thenThePageMayReadItToo(String resource) throws IOException {
    Reply reply = send("GET " + resource, ORIGIN + " ;; Accept: text/csv");

    assertThat(reply.status()).isEqualTo(406);
    assertAllowed(reply);
  }

  private static String withoutBoundary(String contentType) {
    return contentType.replaceFirst("boundary=.*", "boundary");
  }

  private static void assertAllowed(Reply reply) {
    assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("https://viewer.example");
    // Or a cache gives one origin's answer to another.
    assertThat(reply.headers()).anyMatch(line -> line.matches("(?i)vary:.*origin.*"));
  }

  private Reply preflight(String resource, String method, String origin) throws IOException {
    return send(
        "OPTIONS " + resource,
        origin
            + " ;; Access-Control-Request-Method: "
            + method
            + " ;; Access-Control-Request-Headers: "
            + ASKED
            + " ;; Sec-Fetch-Mode: cors");
  }

  private Reply send(String line, String headers) throws IOException {
    return new RawHttp(port)
        .send(objects.resolve(line), List.of(headers.split(" ;; ")), new byte[0]);
  }
}
