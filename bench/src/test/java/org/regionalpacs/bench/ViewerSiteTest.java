package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ViewerSiteTest {
  private static final String METADATA = "[" + "{\"00080018\":{}},".repeat(200) + "{}]";

  @TempDir Path folder;
  private HttpServer product;
  private HttpServer archive;
  private HttpClient client;
  private JsonNode manifest;
  private String config;

  @BeforeEach
  void start() throws IOException {
    Assumptions.assumeTrue(Peer.NGINX.installed().isPresent(), "nginx isn't installed");
    Assumptions.assumeTrue(
        getClass().getResource("/viewer/manifest.json") != null,
        "the viewer was left out of this build (see viewer/README.md)");
    product = server();
    give(product, "/viewer/viewer", "text/html;charset=utf-8", "the page");
    try (var in = getClass().getResourceAsStream("/viewer/manifest.json")) {
      manifest = new JsonMapper().readTree(in);
    }
    config = "window.PUBLIC_URL = '%s'".formatted(manifest.path("key").asString());
    give(product, "/viewer/app-config.js", "text/javascript", config);
    archive = server();
    give(archive, "/dicom-web/studies", "application/dicom+json", METADATA);
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    if (client != null) {
      client.close();
      product.stop(0);
      archive.stop(0);
    }
  }

  @Test
  void givenAnotherArchive_whenItsSiteIsAsked_thenItGivesTheProductsViewerAndTheArchivesStudies()
      throws Exception {
    try (ViewerSite site =
        ViewerSite.start(product.getAddress().getPort(), archive.getAddress().getPort(), folder)) {
      HttpResponse<byte[]> page = get(site, "/viewer/viewer?StudyInstanceUIDs=1.2");
      assertThat(page.body()).asString().isEqualTo("the page");
      assertThat(page.headers().firstValue("content-type")).hasValue("text/html");
      HttpResponse<byte[]> script = get(site, "/viewer/app-config.js");
      assertThat(script.body()).asString().isEqualTo(config);
      assertThat(script.headers().firstValue("cache-control")).hasValue("no-cache");

      HttpResponse<byte[]> studies = get(site, "/dicom-web/studies");
      assertThat(studies.headers().firstValue("content-encoding")).hasValue("gzip");
      try (var plain = new GZIPInputStream(new ByteArrayInputStream(studies.body()))) {
        assertThat(plain.readAllBytes()).asString().isEqualTo(METADATA);
      }
      assertFilesAreThoseOfTheProduct(site);
    }
  }

  @Test
  void givenAProductOfAnotherBuild_whenStarted_thenThatIsSaid() {
    product.removeContext("/viewer/app-config.js");
    give(product, "/viewer/app-config.js", "text/javascript", "window.PUBLIC_URL = 'older'");

    assertThatThrownBy(() ->
            ViewerSite.start(
                product.getAddress().getPort(), archive.getAddress().getPort(), folder))
        .isInstanceOf(IOException.class)
        .hasMessage("the product has the viewer of another build: ./pacs build");
  }

  private void assertFilesAreThoseOfTheProduct(ViewerSite site) throws Exception {
    String root = "/viewer/files/" + manifest.path("key").asString() + "/";
    for (var file : manifest.path("files").properties()) {
      HttpResponse<byte[]> answer = get(site, root + file.getKey());
      boolean compressed = file.getValue().has("br");
      assertThat(answer.statusCode()).as(file.getKey()).isEqualTo(200);
      assertThat(answer.body())
          .as(file.getKey())
          .hasSize(file.getValue().path(compressed ? "br" : "size").asInt());
      assertThat(answer.headers().firstValue("content-encoding").isPresent())
          .as(file.getKey())
          .isEqualTo(compressed);
      assertThat(answer.headers().firstValue("content-type"))
          .hasValue(file.getValue().path("type").asString());
      assertThat(answer.headers().firstValue("cache-control").orElse("")).contains("immutable");
    }
  }

  private HttpResponse<byte[]> get(ViewerSite site, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + site.port() + path))
            .header("Accept-Encoding", "gzip, br")
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return server;
  }

  private static void give(HttpServer server, String path, String type, String body) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
