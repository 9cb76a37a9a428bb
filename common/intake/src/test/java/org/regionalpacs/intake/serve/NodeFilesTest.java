package org.regionalpacs.intake.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobUnreachableHereException;
import org.regionalpacs.storage.ObjectMissingException;
import org.regionalpacs.storage.ObjectUnavailableException;
import org.regionalpacs.storage.StorageConfiguration;
import org.regionalpacs.storage.StoredObjects;
import org.regionalpacs.storage.peer.PeerSignature;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Services of one host read what is on the disk of another. */
@Timeout(120)
class NodeFilesTest {
  private static final String OBJECT = "t/1.2/3.4/5.6.dcm";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static HikariDataSource source;
  private static JdbcClient database;

  @TempDir Path folder;
  private OtherHost other;
  private final List<AnnotationConfigApplicationContext> services = new ArrayList<>();
  private final byte[] content = new byte[3_000_000];

  @BeforeAll
  static void migrate() {
    Database postgres = RealServices.postgres();
    source = new HikariDataSource();
    source.setJdbcUrl(postgres.url());
    source.setUsername(postgres.user());
    source.setPassword(postgres.password());
    Flyway.configure().dataSource(source).load().migrate();
    database = JdbcClient.create(source);
  }

  @AfterAll
  static void disconnect() {
    source.close();
  }

  @BeforeEach
  void start() throws Exception {
    new Random(1).nextBytes(content);
    other = OtherHost.start(folder.resolve("other"), database);
    other.write(OBJECT, content);
    await().until(() -> addresses().contains(other.url()));
  }

  @AfterEach
  void stop() throws Exception {
    services.forEach(AnnotationConfigApplicationContext::close);
    other.close();
  }

  private List<String> addresses() {
    return addresses(other.online.node());
  }

  private static List<String> addresses(String node) {
    return database
        .sql("select url from node_address where node = ?")
        .param(node)
        .query(String.class)
        .list();
  }

  /** A service of a host with a node of its own, or of none. */
  private AnnotationConfigApplicationContext service(String... settings) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    TestPropertyValues.of(
            "pacs.online.root=" + folder.resolve("here/online"),
            "pacs.archive.root=" + folder.resolve("here/archive"),
            "pacs.derived.root=" + folder.resolve("here/derived"),
            "pacs.peers.secret=" + OtherHost.SECRET)
        .and(settings)
        .applyTo(context);
    context.registerBean(JdbcClient.class, () -> database);
    context.register(SslAutoConfiguration.class, StorageConfiguration.class);
    context.refresh();
    services.add(context);
    return context;
  }

  private StoredObjects objects(String... settings) {
    return service(settings).getBean(StoredObjects.class);
  }

  private ObjectLocation online(String path, long size) {
    return new ObjectLocation(ObjectLocation.ONLINE, other.online.node(), path, 0, size);
  }

  private ObjectLocation archived(byte[] bytes) throws IOException {
    BlobStore archive = services.getLast().getBean(BlobStore.class);
    archive.put("t/copy.dcm", new ByteArrayInputStream(bytes), bytes.length);
    return new ObjectLocation("local", "", "t/copy.dcm", 0, bytes.length);
  }

  private static byte[] range(ByteSource object, long offset, long length) throws IOException {
    try (InputStream in = object.open(offset, length)) {
      return in.readAllBytes();
    }
  }

  @Test
  void givenAFileOfAnotherNode_whenReadFromHere_thenEachRangeIsThatOfTheFile() throws Exception {
    List<String> from = new ArrayList<>();
    ByteSource object = objects().open(List.of(online(OBJECT, content.length)), from::add);

    assertThat(range(object, 0, -1)).isEqualTo(content);
    assertThat(range(object, 100, 5)).isEqualTo(Arrays.copyOfRange(content, 100, 105));
    assertThat(range(object, content.length - 1, 1)).containsExactly(content[content.length - 1]);
    assertThat(range(object, 0, 0)).isEmpty();
    assertThat(from).containsOnly(ObjectLocation.ONLINE);
    try (InputStream parsed = object.open(0, -1)) {
      parsed.skipNBytes(2_000_000);
      assertThat(parsed.read()).isEqualTo(content[2_000_000] & 0xFF);
    }
  }

  @Test
  void givenItIsGoneThere_orIsAnother_whenRead_thenTheArchiveIs_andElseItIsMissing()
      throws Exception {
    StoredObjects objects = objects();
    ObjectLocation shorter = online(OBJECT, content.length - 1);
    ObjectLocation gone = online("t/1.2/3.4/gone.dcm", 3);
    ObjectLocation copy = archived(new byte[] {1, 2, 3});

    assertThat(range(objects.open(List.of(gone, copy)), 0, 3)).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> range(objects.open(List.of(gone)), 0, 3))
        .isInstanceOf(ObjectMissingException.class);
    assertThatThrownBy(() -> range(objects.open(List.of(shorter)), 0, 3))
        .isInstanceOf(ObjectMissingException.class);
    assertThatThrownBy(() -> range(objects.open(List.of(gone)), 0, 0))
        .isInstanceOf(ObjectMissingException.class);
  }

  @Test
  void givenAnotherSecretHere_whenRead_thenItIsUnavailable() throws Exception {
    StoredObjects objects = objects("pacs.peers.secret=" + "x".repeat(32));

    assertThatThrownBy(() -> range(objects.open(List.of(online(OBJECT, content.length))), 0, 3))
        .isInstanceOf(ObjectUnavailableException.class)
        .hasStackTraceContaining("is pacs.peers.secret the same on both hosts");
  }

  @Test
  void givenHostsThatSpeakTls_whenRead_thenTheirCertificateMustBeTrusted() throws Exception {
    String password = "changeit";
    Path keys = folder.resolve("keys.p12");
    keytool(
        "-genkeypair -alias host -keyalg EC -dname CN=host -ext san=ip:127.0.0.1 -validity 2"
            + " -storetype PKCS12 -storepass "
            + password
            + " -keystore",
        keys);
    try (OtherHost tls = OtherHost.startTls(folder.resolve("tls"), database, keys, password)) {
      Path file = tls.write(OBJECT, content);
      await().until(() -> addresses(tls.online.node()).contains("https://127.0.0.1:" + tls.port()));
      ObjectLocation place =
          new ObjectLocation(ObjectLocation.ONLINE, tls.online.node(), OBJECT, 0, Files.size(file));

      StoredObjects trusting =
          objects(
              "pacs.peers.ssl-bundle=hosts",
              "spring.ssl.bundle.jks.hosts.truststore.location=file:" + keys,
              "spring.ssl.bundle.jks.hosts.truststore.type=PKCS12",
              "spring.ssl.bundle.jks.hosts.truststore.password=" + password);
      assertThat(range(trusting.open(List.of(place)), 0, -1)).isEqualTo(content);

      StoredObjects strange = objects();
      assertThatThrownBy(() -> range(strange.open(List.of(place)), 0, 3))
          .isInstanceOf(ObjectUnavailableException.class)
          .hasStackTraceContaining("PKIX path building failed");
    }
  }

  private static void keytool(String arguments, Path keys) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of(arguments.split(" ")));
    line.add(keys.toString());
    Process process = new ProcessBuilder(line).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void givenTheNodeStops_whenRead_thenTheArchiveIs_andElseItIsUnavailableNotMissing()
      throws Exception {
    StoredObjects objects = objects();
    ObjectLocation place = online(OBJECT, content.length);
    assertThat(range(objects.open(List.of(place)), 0, 2)).hasSize(2);
    other.close();
    assertThat(addresses()).as("taken back").isEmpty();
    ObjectLocation copy = archived(content);

    assertThat(range(objects.open(List.of(place, copy)), 0, -1)).isEqualTo(content);
    assertThatThrownBy(() -> range(objects.open(List.of(place)), 0, 2))
        .isInstanceOf(ObjectUnavailableException.class);
    other = OtherHost.start(folder.resolve("other"), database);
    await().ignoreExceptions().until(() -> range(objects.open(List.of(place)), 0, 2).length == 2);
  }

  @Test
  void givenANodeThatHangs_whenRead_thenTheArchiveIsReadSoon() throws Exception {
    try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      StoredObjects objects = objects("pacs.peers.read-timeout=500ms");
      ObjectLocation place =
          new ObjectLocation(ObjectLocation.ONLINE, "hanging", OBJECT, 0, content.length);
      tell("hanging", "http://127.0.0.1:" + hanging.getLocalPort());
      ObjectLocation copy = archived(content);

      assertThat(range(objects.open(List.of(place, copy)), 7, 2))
          .isEqualTo(Arrays.copyOfRange(content, 7, 9));
      assertThatThrownBy(() -> range(objects.open(List.of(place)), 0, 2))
          .isInstanceOf(ObjectUnavailableException.class);
    }
  }

  @Test
  void givenANodeThatDiesWhileItSends_whenRead_thenTheRestIsReadFromTheArchive() throws Exception {
    try (CuttingLine line = CuttingLine.to(other.port(), 1_000_000)) {
      StoredObjects objects = objects();
      tell(other.online.node(), "http://127.0.0.1:" + line.port());
      database.sql("delete from node_address where url = ?").param(other.url()).update();
      ObjectLocation place = online(OBJECT, content.length);
      other.announcer().stop();
      ObjectLocation copy = archived(content);

      assertThat(range(objects.open(List.of(place, copy)), 0, content.length)).isEqualTo(content);
      assertThat(line.cut()).isTrue();
      // Where there is no copy, the same node is asked for the rest.
      assertThat(range(objects.open(List.of(place)), 0, content.length)).isEqualTo(content);
    }
  }

  @Test
  void givenAnAddressThatLeadsElsewhere_whenItSaysNotFound_thenThatIsNotBelieved()
      throws Exception {
    // As a proxy answers that doesn't let services' requests through.
    HttpServer elsewhere =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    elsewhere.start();
    try {
      StoredObjects objects = objects();
      ObjectLocation place = new ObjectLocation(ObjectLocation.ONLINE, "misled", OBJECT, 0, 3);
      tell("misled", "http://127.0.0.1:" + elsewhere.getAddress().getPort());

      for (int length : new int[] {0, 3}) {
        assertThatThrownBy(() -> range(objects.open(List.of(place)), 0, length))
            .isInstanceOf(ObjectUnavailableException.class);
      }
      tell("nonsense", "pacs-a:9081");
      ObjectLocation copy = archived(new byte[] {1, 2, 3});
      ObjectLocation nonsense = new ObjectLocation(ObjectLocation.ONLINE, "nonsense", OBJECT, 0, 3);
      assertThat(range(objects.open(List.of(nonsense, copy)), 0, 3)).containsExactly(1, 2, 3);
    } finally {
      elsewhere.stop(0);
    }
  }

  @Test
  void givenBlobsFromBeforeHostsHadNames_whenAnotherHostRemovesThem_thenThatIsNoSuccess()
      throws Exception {
    BlobStore store = (BlobStore) service().getBean("derivedStore");
    String name = "metadata/t/1/2/5.json.gz";

    assertThatThrownBy(() -> store.delete(name)).isInstanceOf(IOException.class);
    store.put(name, new ByteArrayInputStream(new byte[1]), 1);
    store.delete(name);
    assertThat(store.stat(name)).isEmpty();
  }

  private static void tell(String node, String url) {
    database
        .sql("insert into node_address (node, url, seen) values (?, ?, now() + interval '1 hour')")
        .params(node, url)
        .update();
  }

  @Test
  void givenDerivedBlobs_whenEachHostHasAFolder_thenTheyAreReadAndDeletedFromOthersToo()
      throws Exception {
    AnnotationConfigApplicationContext service = service();
    BlobStore store =
        (BlobStore) service.getBean("derivedStore"); // as the qualifier gives it to services
    byte[] bytes = {1, 2, 3, 4};
    String there = other.online.node() + "/metadata/t/1/2/3.json.gz";
    other.derived.put(there, new ByteArrayInputStream(bytes), bytes.length);

    assertThat(store.get(there, 1, 2)).hasBinaryContent(new byte[] {2, 3});
    assertThat(store.get(there, 1, -1)).hasBinaryContent(new byte[] {2, 3, 4});
    assertThat(store.stat(there)).hasValueSatisfying(blob -> assertThat(blob.size()).isEqualTo(4));
    store.delete(there);
    assertThat(other.derived.stat(there)).isEmpty();
    assertThat(store.stat(there)).isEmpty();
    assertThatThrownBy(() -> store.get(there, 0, 1).read())
        .isInstanceOf(BlobMissingException.class);
    store.delete(there);

    String name = "metadata/t/1/2/4.json.gz";
    assertThat(store.nameHere(name)).as("no node here").isEqualTo(name);
    Files.createDirectories(folder.resolve("here/online"));
    Files.writeString(folder.resolve("here/online/.node"), "6ec4b8a0-8a4e-4d6e-9a83-0a1d2e3f4a5b");
    String here = store.nameHere(name);
    assertThat(here).isEqualTo("6ec4b8a0-8a4e-4d6e-9a83-0a1d2e3f4a5b/" + name);
    assertThat(store.put(here, new ByteArrayInputStream(bytes), 4).id()).isEqualTo(here);
    assertThat(store.get(here, 0, -1)).hasBinaryContent(bytes);
    assertThat(folder.resolve("here/derived").resolve(here)).exists();
  }

  @Test
  void givenDerivedBlobsOfAHostThatIsAway_whenRead_thenThatIsToldApartFromMissing()
      throws Exception {
    BlobStore store = (BlobStore) service().getBean("derivedStore");
    String there = other.online.node() + "/metadata/t/1/2/3.json.gz";
    other.derived.put(there, new ByteArrayInputStream(new byte[1]), 1);
    other.close();

    assertThatThrownBy(() -> store.get(there, 0, 1))
        .isInstanceOf(BlobUnreachableHereException.class);
    assertThatThrownBy(() -> store.stat(there)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.delete(there)).isInstanceOf(IOException.class);
    other = OtherHost.start(folder.resolve("other"), database);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, online/" + OBJECT + ", 200",
    "GET, online/.node, 404",
    "GET, online/t/.hidden/5.6.dcm, 404",
    "GET, online/t/1.2, 404",
    "GET, online/t/1.2/3.4/none.dcm, 404",
    "GET, derived/metadata/none, 404",
    "GET, archive/a, 404",
    "DELETE, online/" + OBJECT + ", 405",
    "POST, online/" + OBJECT + ", 405",
  })
  void givenARequestWithTheSecret_thenItGetsWhatOthersMayHave(
      String method, String path, int status) throws Exception {
    String whole = "/nodes/" + other.online.node() + "/" + path;
    String signed = new PeerSignature(OtherHost.SECRET).header(method, whole, Instant.now());

    assertThat(ask(method, whole, "Authorization", signed).statusCode()).isEqualTo(status);
    assertThat(Files.exists(other.online.resolve(OBJECT))).isTrue();
  }

  @Test
  void givenARequestWithoutProof_orForAnotherNode_thenItLearnsNothing() throws Exception {
    PeerSignature right = new PeerSignature(OtherHost.SECRET);
    String path = "/nodes/" + other.online.node() + "/online/" + OBJECT;
    Instant now = Instant.now();

    assertThat(ask("GET", path).statusCode()).isEqualTo(401);
    assertThat(ask("GET", path, "Authorization", "Bearer x").statusCode()).isEqualTo(401);
    for (String wrong :
        List.of(
            new PeerSignature("y".repeat(32)).header("GET", path, now),
            right.header("DELETE", path, now),
            right.header("GET", path + "x", now),
            right.header("GET", path, now.minusSeconds(301)),
            right.header("GET", path, now.plusSeconds(600)))) {
      HttpResponse<byte[]> answer = ask("GET", path, "Authorization", wrong);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEmpty();
    }
    String elsewhere = "/nodes/6ec4b8a0-8a4e-4d6e-9a83-0a1d2e3f4a5b/online/" + OBJECT;
    assertThat(
            ask("GET", elsewhere, "Authorization", right.header("GET", elsewhere, now))
                .statusCode())
        .isEqualTo(421);
    HttpResponse<byte[]> range =
        ask("GET", path, "Authorization", right.header("GET", path, now), "Range", "bytes=2-1");
    assertThat(range.statusCode()).isEqualTo(416);
    assertThat(range.headers().firstValue("Content-Range")).hasValue("bytes */" + content.length);
  }

  private HttpResponse<byte[]> ask(String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(other.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
