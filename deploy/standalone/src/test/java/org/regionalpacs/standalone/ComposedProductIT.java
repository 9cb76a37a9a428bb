package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.test.ExternalTool;
import tools.jackson.databind.JsonNode;

/**
 * {@link WalkingProduct} through nginx, on services apart that have the environment of
 * docker-compose.yml; and what nginx itself promises.
 */
@Tag("alone")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposedProductIT extends WalkingProduct {
  private static final String ALL_STUDIES = "/studies?limit=1000&includefield=all";

  @TempDir static Path home;
  private static ComposedProduct product;
  private static HttpClient client;
  private static String root;

  ComposedProductIT() {
    // Six JVMs share what processors there are, and none of them has compiled much.
    super(Duration.ofMinutes(5));
  }

  @BeforeAll
  static void up() throws Exception {
    NginxProcess.assumeInstalled();
    product = ComposedProduct.up(home);
    client = TlsClient.trusting(product.certificate());
    root = "https://localhost:" + product.places().port("nginx", 1, 8443);
  }

  @AfterAll
  static void down() throws Exception {
    if (product != null) {
      product.close();
    }
  }

  @Override
  DicomWeb dicomWeb() {
    return new DicomWeb(client, root);
  }

  @Override
  int dicomPort() {
    return product.places().port("nginx", 1, 11112);
  }

  @Override
  List<Object> peer() {
    return List.of("--to", "REGIONAL_PACS@127.0.0.1:" + dicomPort());
  }

  @Override
  Path data() {
    return product.places().data();
  }

  @Test
  void givenAClientThatCan_whenItAsks_thenItIsAnsweredByHttp2_andLinksLeadToNginx()
      throws Exception {
    HttpResponse<byte[]> answer = get(root + "/dicom-web/studies?limit=1");

    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    // It would be of all ports of the host, also those that speak HTTP only.
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    String capabilities = new String(get(root + "/dicom-web/").body(), StandardCharsets.UTF_8);
    assertThat(capabilities).contains(root + "/dicom-web");
  }

  @Test
  void givenHttpWithoutTls_whenAsked_thenTheWayToTlsIsTold() throws Exception {
    String plain = "http://127.0.0.1:" + product.places().port("nginx", 1, 8080);

    HttpResponse<byte[]> answer = get(plain + "/viewer/?StudyInstanceUIDs=1.2");

    assertThat(answer.statusCode()).isEqualTo(308);
    assertThat(answer.headers().firstValue("Location"))
        .hasValue(root + "/viewer/?StudyInstanceUIDs=1.2");
    assertThat(get(plain + "/healthz").statusCode()).isEqualTo(204);
  }

  @Test
  void givenPrometheus_whenItScrapes_thenEveryServiceAnswers_andRedisTakesThePasswordOfItsFile()
      throws Exception {
    Map<String, Integer> scraped =
        Map.of("storescp", 9081, "consumer", 9082, "wado", 9080, "webworker", 9083);
    for (Map.Entry<String, Integer> each : scraped.entrySet()) {
      int port = product.places().port(each.getKey(), 1, each.getValue());
      String address = "http://127.0.0.1:" + port + "/actuator/prometheus";
      String known = each.getKey().equals("wado") ? "pacs_cache_up 1.0" : "jvm_memory_used_bytes";
      // A Redis that was slow once is looked for again.
      await()
          .atMost(soon)
          .untilAsserted(() ->
              assertThat(new String(get(address).body(), StandardCharsets.UTF_8)).contains(known));
    }
  }

  /** As docs/runbook.md has it. */
  @Test
  void givenAnIndexThatNobodyTrusts_whenAConsumersContainerRebuildsIt_thenTheAnswersAreTheSame()
      throws Exception {
    CtStudy before = CtStudy.write(dir.resolve("rebuilt"), 1, 5);
    sendAndFind(before);
    await()
        .atMost(soon)
        .until(() ->
            dicomWeb()
                    .json("/studies?StudyInstanceUID=" + before.studyUid())
                    .at("/0/00201208/Value/0")
                    .asInt()
                == 5);
    JsonNode studies = dicomWeb().json(ALL_STUDIES);
    ContainerProcess beside = product.run("consumer", List.of("rebuild", "--yes"));
    assertThat(beside.exitCode(soon)).isEqualTo(1);
    assertThat(beside.output()).contains("Consumers are running", "Nothing was changed");

    List<String> others = List.of("consumer-1", "wado-1", "wado-2", "webworker-1");
    product.stop(others);
    CtStudy meanwhile = CtStudy.write(dir.resolve("meanwhile"), 1, 2);
    try {
      ContainerProcess asked = product.run("consumer", List.of("rebuild"));
      assertThat(asked.exitCode(soon)).isEqualTo(2);
      assertThat(asked.output()).contains("rebuild --yes [--forget-missing]");

      ContainerProcess rebuild = product.run("consumer", List.of("rebuild", "--yes"));
      send(meanwhile);

      assertThat(rebuild.exitCode(soon)).as(rebuild.output()).isZero();
      assertThat(rebuild.output()).contains("The index is built again");
    } finally {
      product.startAgain(others);
    }
    assertThat(without(dicomWeb().json(ALL_STUDIES), meanwhile))
        .isEqualTo(without(studies, meanwhile));
    await()
        .atMost(soon)
        .until(
            () -> dicomWeb().json("/studies/" + meanwhile.studyUid() + "/instances").size() == 2);
  }

  private static List<JsonNode> without(JsonNode studies, CtStudy study) {
    return studies
        .valueStream()
        .filter(each -> !each.at("/0020000D/Value/0").asString().equals(study.studyUid()))
        .sorted(Comparator.comparing(each -> each.at("/0020000D/Value/0").asString()))
        .toList();
  }

  @Test
  void givenWhatIsCompressedWhereItIsMade_whenReadThroughNginx_thenItComesAsItIs()
      throws Exception {
    CtStudy study = CtStudy.write(dir.resolve("compressed"), 1, 30);
    sendAndFind(study);
    String wado = "http://127.0.0.1:" + product.places().port("wado", 1, 8080);

    sameAsDirectly(wado, "/dicom-web/studies/" + study.studyUid() + "/metadata", "gzip");
    HttpResponse<byte[]> page = get(root + "/viewer/");
    if (page.statusCode() == 200) {
      Matcher script =
          Pattern.compile("src=\"([^\"]+/files/[^\"]+\\.js)\"")
              .matcher(new String(page.body(), StandardCharsets.UTF_8));
      assertThat(script.find()).isTrue();
      sameAsDirectly(wado, script.group(1), "br");
    }
  }

  private static void sameAsDirectly(String wado, String path, String encoding) throws Exception {
    HttpResponse<byte[]> through = get(root + path, "Accept-Encoding", encoding);
    assertThat(through.statusCode()).isEqualTo(200);
    assertThat(through.headers().firstValue("Content-Encoding")).hasValue(encoding);
    HttpResponse<byte[]> directly = get(wado + path, "Accept-Encoding", encoding);
    assertThat(through.body()).isEqualTo(directly.body());
    for (String header : List.of("Cache-Control", "Vary", "ETag", "Content-Type")) {
      assertThat(through.headers().firstValue(header))
          .isEqualTo(directly.headers().firstValue(header));
    }
  }

  @Test
  void givenALargeUpload_whenItsFirstHalfIsSent_thenThatIsAtTheServiceAlready_andNothingIsInNginx()
      throws Exception {
    long pixels = 64L << 20;
    String study = UID.generate();
    Path file = dir.resolve("large.dcm");
    CtStudy.writeLarge(file, study, pixels);

    int status =
        dicomWeb()
            .store(() -> new HeldBody(CtStudy.open(file), pixels, data().resolve("online/.tmp")));

    assertThat(status).isEqualTo(200);
    await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> dicomWeb().length("/studies/" + study) > pixels);
    try (Stream<Path> files = Files.walk(product.places().folder("nginx", 1).resolve("tmp"))) {
      assertThat(files.filter(Files::isRegularFile).map(each -> each.getFileName().toString()))
          .containsExactly("nginx.pid");
    }
  }

  @Test
  void givenTlsForDicom_whenAModalityCallsByIt_thenItReachesTheService() {
    ExternalTool.Outcome echo =
        ExternalTool.named("echoscu")
            .run(
                "--anonymous-tls",
                "--add-cert-file",
                product.certificate(),
                "-aec",
                "REGIONAL_PACS",
                "localhost",
                product.places().port("nginx", 1, 2762));

    assertThat(echo.code()).as(echo.output()).isZero();
  }

  @Test
  void givenAClientThatAsksForTooMuch_orNoServiceThatAnswers_thenTheProblemSaysSo()
      throws Exception {
    product.places().container("nginx", 2);
    product.places().container("wado", 3); // which never starts
    Map<String, String> environment = new TreeMap<>(product.places().environment("nginx", 1));
    product
        .places()
        .environment("nginx", 2)
        .forEach((name, value) -> {
          if (value.startsWith("127.0.0.1:")) {
            environment.put(name, value);
          }
        });
    environment.put("PACS_NGINX_RATE", "1r/m");
    environment.put("PACS_NGINX_BURST", "1");
    environment.put(
        "PACS_NGINX_WADO", "server 127.0.0.1:" + product.places().port("wado", 3, 8080) + ";");

    try (NginxProcess strict =
        NginxProcess.start(product.places().folder("nginx", 2), environment)) {
      String other = "https://localhost:" + product.places().port("nginx", 2, 8443);
      List<HttpResponse<byte[]>> answers =
          IntStream.range(0, 4)
              .mapToObj(i -> ask(other + "/dicom-web/studies?PatientID=P1"))
              .toList();

      assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(503, 503, 429, 429);
      for (HttpResponse<byte[]> answer : answers) {
        assertThat(answer.headers().firstValue("Content-Type"))
            .hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
            .contains("\"status\":" + answer.statusCode(), "\"detail\":");
      }
      // Searches identify patients.
      await().untilAsserted(() -> assertThat(strict.accesses()).hasSize(4));
      assertThat(strict.accesses()).noneMatch(line -> line.contains("P1"));
      assertThat(strict.output()).doesNotContain("P1");
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void givenReaders_whenAWadoServiceIsKilled_thenNoneOfThemNotices_andItIsUsedAgainLater()
      throws Exception {
    CtStudy study = CtStudy.write(dir.resolve("killed"), 1, 3);
    sendAndFind(study);
    String search = "/studies/" + study.studyUid() + "/instances";
    byte[] right = dicomWeb().get(search, "Accept", "application/dicom+json").body();
    String killed = "127.0.0.1:" + product.places().port("wado", 1, 8080);
    String other = "127.0.0.1:" + product.places().port("wado", 2, 8080);

    try (ReadersUnderLoad readers = ReadersUnderLoad.of(dicomWeb(), search, right)) {
      readers.awaitAnswers(200);
      assertThat(answeredBy(killed)).isGreaterThan(50);
      assertThat(answeredBy(other)).isGreaterThan(50);

      product.process("wado-1").kill();
      readers.awaitAnswers(200);

      assertThat(readers.wrong()).isEmpty();
    }
    long before = answeredBy(killed);
    product.startAgain(List.of("wado-1"));
    await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> {
          assertThat(dicomWeb().get(search).statusCode()).isEqualTo(200);
          return answeredBy(killed) > before;
        });
  }

  private static long answeredBy(String upstream) throws IOException {
    return product.nginx().accesses().stream()
        .filter(line -> line.contains("upstream=" + upstream + " upstream_status=200"))
        .count();
  }

  private void send(CtStudy study) throws Exception {
    PacsProcess sent =
        PacsProcess.run("send", study.seriesFolders().getFirst(), "--to", peer().getLast());
    assertThat(sent.exitCode()).as(sent.output()).isZero();
  }

  private void sendAndFind(CtStudy study) throws Exception {
    send(study);
    int instances = study.digests().size();
    await()
        .atMost(Duration.ofMinutes(5))
        .until(() ->
            dicomWeb().json("/studies/" + study.studyUid() + "/instances").size() == instances);
  }

  private static HttpResponse<byte[]> get(String uri, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofMinutes(2));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> ask(String uri) {
    try {
      return get(uri);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
