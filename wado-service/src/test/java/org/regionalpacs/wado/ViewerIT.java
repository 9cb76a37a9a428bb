package org.regionalpacs.wado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.wado.RawHttp.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the viewer is served; what is served here is a sample, as pack.mjs leaves the real one. */
class ViewerIT extends WadoIT {
  private static final String FILES = "/viewer/files/0-sample/";

  @ParameterizedTest
  @CsvSource({
    "/viewer, viewer/",
    "/viewer?StudyInstanceUIDs=1.2, viewer/?StudyInstanceUIDs=1.2",
    "/tenants/other/viewer, viewer/"
  })
  void givenNoSlashAtItsEnd_thenItIsTheSamePlaceWithOne(String path, String location)
      throws IOException {
    Reply reply = raw("GET " + path);

    assertThat(reply.status()).isEqualTo(302);
    assertThat(reply.header("Location")).isEqualTo(location);
  }

  @ParameterizedTest
  @CsvSource({
    "/viewer/, ''",
    "/viewer/index, ''",
    "/viewer/viewer?StudyInstanceUIDs=1.2.840.1, ''",
    "/viewer/segmentation/1.2.840.10008, ''",
    "/viewer/callback?code=x, ''",
    "/tenants/other/viewer/, /tenants/other",
    "/tenants/other/viewer/viewer?StudyInstanceUIDs=1.2, /tenants/other"
  })
  void givenAnyPathOfTheViewer_thenItIsThePageOfItsTenant(String path, String tenant) {
    Answer page = open(path);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(page.header("Cache-Control")).contains("no-cache");
    assertThat(text(page))
        .contains("src=\"" + tenant + "/viewer/app-config.js\"")
        // The files are the same for all, so that a browser has them once.
        .contains("src=\"" + FILES + "app.bundle.js\"")
        .doesNotContain("@");
  }

  @ParameterizedTest
  @CsvSource({
    "/viewer/viewer?StudyInstanceUIDs=1.2, '', true",
    "/tenants/other/viewer/viewer?StudyInstanceUIDs=1.2, /tenants/other, true",
    "/viewer/, '', false",
    "/viewer/ahead, '', false"
  })
  void givenThePageOfStudies_thenItHasAPreviewAndNamesTheViewersPartsAhead(
      String path, String tenant, boolean both) {
    String page = text(open(path));

    String preview = "<head><style>";
    String script =
        "<script data-page=\"%s/viewer/\" data-dicom-web=\"%1$s/dicom-web\">".formatted(tenant);
    String part = "href=\"" + FILES + "1.bundle.js\"";
    assertThat(List.of(page.contains(preview), page.contains(script), page.contains(part)))
        .containsOnly(both);
  }

  @Test
  void givenThePage_thenItMayDoNoMoreThanItNeeds() {
    Answer page = open("/viewer/");

    assertThat(page.header("Content-Security-Policy"))
        .contains(
            "default-src 'none'",
            "script-src 'self' 'unsafe-eval' 'unsafe-inline';",
            "worker-src 'self' blob:",
            "connect-src 'self' blob: data:;",
            "frame-ancestors 'self'")
        .doesNotContain("http", "*");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/viewer/", "/viewer/app-config.js"})
  void givenItIsKnown_whenAskedForAgain_then304(String path) {
    String etag = open(path).header("ETag");
    assertThat(etag).isNotEmpty();

    Answer again = open(path, "If-None-Match", etag);

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/viewer, ''", "/tenants/other/viewer, /tenants/other"})
  void givenATenant_thenItsConfigurationNamesItsServices(String path, String tenant) {
    Answer answer = open(path + "/app-config.js");

    assertThat(answer.header("Content-Type")).isEqualTo("text/javascript;charset=utf-8");
    assertThat(answer.header("Cache-Control")).contains("no-cache");
    assertThat(text(answer)).startsWith("window.PUBLIC_URL = \"" + FILES + "\";");
    JsonNode config = config(answer);
    assertThat(config.path("routerBasename").asString()).isEqualTo(tenant + "/viewer");
    JsonNode source = config.at("/dataSources/0/configuration");
    assertThat(source.path("qidoRoot").asString()).isEqualTo(tenant + "/dicom-web");
    assertThat(source.path("wadoRoot").asString()).isEqualTo(tenant + "/dicom-web");
    assertThat(source.path("wadoUriRoot").asString()).isEqualTo(tenant + "/wado");
    // What metadata links to is asked for where the page came from.
    assertThat(source.at("/bulkDataURI/startsWith").asString())
        .isEqualTo(BASE_URL.replace("/dicom-web", tenant + "/dicom-web"));
    assertThat(config.has("oidc")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'gzip, deflate, br, zstd', br",
    "'gzip, deflate', gzip",
    "'', ''",
    "identity, ''",
    "'br;q=0, gzip', gzip"
  })
  void givenWhatTheClientTakes_thenAFileGoesOutSo(String accept, String coding) throws IOException {
    Reply reply = raw("GET " + FILES + "app.bundle.js", "Accept-Encoding: " + accept);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Encoding")).isEqualTo(coding);
    assertThat(reply.header("Content-Type")).isEqualTo("text/javascript;charset=utf-8");
    assertThat(reply.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(reply.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    String kept = coding.isEmpty() ? "" : coding.equals("br") ? ".br" : ".gz";
    if (kept.isEmpty()) {
      assertThat(new String(reply.body(), StandardCharsets.UTF_8)).startsWith("// 阅片\nconsole");
    } else {
      assertThat(reply.body()).isEqualTo(sample("app.bundle.js" + kept));
    }
  }

  @Test
  void givenWhatIsNotCompressed_thenItGoesOutAsItIs() throws IOException {
    Reply reply = raw("GET " + FILES + "assets/icon.png", "Accept-Encoding: br");

    assertThat(reply.header("Content-Type")).isEqualTo("image/png");
    assertThat(reply.header("Content-Encoding")).isEmpty();
    assertThat(reply.header("Vary")).isEmpty();
    assertThat(reply.body()).isEqualTo(sample("assets/icon.png"));
  }

  @Test
  void givenWebAssembly_thenItHasTheTypeThatBrowsersCompileAsItComes() throws IOException {
    Reply reply = raw("GET " + FILES + "module.wasm", "Accept-Encoding: br");

    assertThat(reply.header("Content-Type")).isEqualTo("application/wasm");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/viewer/", "/viewer/app-config.js", FILES + "app.bundle.js"})
  void givenHead_thenTheHeadersAreThoseOfGet(String path) throws IOException {
    Reply get = raw("GET " + path, "Accept-Encoding: gzip");
    Reply head = raw("HEAD " + path, "Accept-Encoding: gzip");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String header : List.of("Content-Type", "Content-Length", "Content-Encoding", "ETag")) {
      assertThat(head.header(header)).as(header).isEqualTo(get.header(header));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FILES + "nothing.js",
        FILES + "app.bundle.js.br",
        FILES,
        "/viewer/files/1-other/app.bundle.js",
        "/viewer/app.bundle.js",
        "/viewer/manifest.json",
        FILES + "../manifest.json",
        FILES + "assets/../../index.html",
        FILES + "%2e%2e/manifest.json",
        FILES + "..%2fmanifest.json",
        FILES + "..%5cmanifest.json",
        FILES + "%252e%252e/manifest.json",
        FILES + "/etc/passwd",
        "/tenants/nobody/viewer/",
        "/tenants/nobody/viewer/app-config.js",
        "/tenants/nobody" + FILES + "app.bundle.js"
      })
  void givenWhatIsNotThere_thenNothingElseComes(String path) throws IOException {
    Reply reply = raw("GET " + path);

    assertThat(reply.status()).isIn(400, 404);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
  }

  private Answer open(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  private Reply raw(String line, String... headers) throws IOException {
    return new RawHttp(port).send(line, List.of(headers), new byte[0]);
  }

  private static String text(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static JsonNode config(Answer answer) {
    String script = text(answer);
    String json =
        script.substring(script.indexOf("window.config = ") + 16, script.lastIndexOf(';'));
    return JsonMapper.shared().readTree(json);
  }

  private static byte[] sample(String file) throws IOException {
    try (var in = ViewerIT.class.getResourceAsStream("/sample-viewer/files/" + file)) {
      return in.readAllBytes();
    }
  }
}
