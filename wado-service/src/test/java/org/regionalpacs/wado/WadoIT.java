package org.regionalpacs.wado;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.io.DicomInputStream;
import org.regionalpacs.dicom.io.DicomOutputStream;
import org.regionalpacs.dicom.io.FileMeta;
import org.regionalpacs.index.CountWriter;
import org.regionalpacs.index.IndexWriter;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.intake.OnlineStore;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.wado.web.MultipartBody;
import org.regionalpacs.wado.web.MultipartReader;
import org.regionalpacs.wado.web.Part;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running service over HTTP, with the real servers behind it and an indexer beside it. */
@IntegrationTest
@TestPropertySource(
    properties = {
      "spring.config.name=application,wado",
      "management.server.port=0",
      "pacs.intake.min-free=1MB",
      // A busy machine must not look like a Redis that hangs.
      "pacs.cache.timeout=5s",
      "pacs.cache.pause=300ms",
      "pacs.dicomweb.allowed-origins=https://viewer.example",
      "pacs.viewer.location=classpath:/sample-viewer/",
      "pacs.tenants.ae-titles[0].title=REGIONAL_PACS",
      "pacs.tenants.ae-titles[0].tenant=default",
      "pacs.tenants.ae-titles[1].title=OTHER",
      "pacs.tenants.ae-titles[1].tenant=other",
      "pacs.tenants.ae-titles[2].title=THIRD",
      "pacs.tenants.ae-titles[2].tenant=third",
      "pacs.tenants.ae-titles[3].title=FOURTH",
      "pacs.tenants.ae-titles[3].tenant=fourth",
      "pacs.tenants.ae-titles[4].title=TESTDATA",
      "pacs.tenants.ae-titles[4].tenant=testdata",
      "pacs.tenants.ae-titles[5].title=APART",
      "pacs.tenants.ae-titles[5].tenant=apart"
    })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WadoIT {
  static final String BASE_URL = "http://127.0.0.1:8080/dicom-web";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path DATA = temporaryFolder();

  /** Where the next context keeps what it receives. */
  static volatile Path onlineRoot = DATA.resolve("online");

  @Autowired OnlineStore online;
  @Autowired IndexWriter indexWriter;
  @Autowired LocationWriter locationWriter;
  @Autowired CountWriter countWriter;
  @Autowired KafkaConnectionDetails kafka;
  @LocalServerPort int port;

  private final HttpClient http = HttpClient.newHttpClient();
  Indexer indexer;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) {
    registry.add("pacs.online.root", () -> onlineRoot.toString());
    for (String folder : List.of("archive", "derived")) {
      registry.add("pacs." + folder + ".root", () -> DATA.resolve(folder).toString());
    }
  }

  @BeforeAll
  void startIndexer() {
    String bootstrap = String.join(",", kafka.getBootstrapServers());
    indexer = new Indexer(bootstrap, online, indexWriter, locationWriter, countWriter);
    // What other tests of this JVM stored is not for this one.
    indexer.skipAll();
  }

  @AfterAll
  void stopIndexer() {
    indexer.close();
  }

  /** Until Redis is connected to, and has what earlier tests of this context made. */
  static void awaitCache(MeterRegistry meters) {
    Awaitility.await()
        .until(() ->
            meters.get("pacs.cache.up").gauge().value() == 1
                && meters.get("pacs.cache.heap").gauge().value() == 0);
  }

  /** Where documents are kept. */
  static Path derived() {
    return DATA.resolve("derived");
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("regional-pacs-wado-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer, whole. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    byte[] body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      return JSON.readTree(response.body());
    }

    /** The parts of a multipart body. */
    List<ReceivedPart> parts() throws IOException {
      String boundary = header("Content-Type").replaceFirst(".*boundary=", "");
      List<ReceivedPart> parts = new ArrayList<>();
      var reader = new MultipartReader(new ByteArrayInputStream(response.body()), boundary);
      for (var part = reader.next(); part.isPresent(); part = reader.next()) {
        parts.add(
            new ReceivedPart(
                part.get().headers().get("content-type"), part.get().body().readAllBytes()));
      }
      return parts;
    }
  }

  record ReceivedPart(String contentType, byte[] body) {}

  /** A GET of a path below /dicom-web. */
  Answer get(String path, String... headers) {
    return send("GET", "/dicom-web" + path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  Answer send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stores Part 10 streams by one request. */
  Answer store(String path, byte[]... objects) {
    List<Part> parts =
        Arrays.stream(objects)
            .map(object ->
                new Part("application/dicom", OptionalLong.empty(), out -> out.write(object)))
            .toList();
    return store(path, new MultipartBody("application/dicom", parts));
  }

  Answer store(String path, MultipartBody body) {
    return store(path, body, HttpRequest.BodyPublishers.ofByteArray(bytes(body)));
  }

  /** The same without a Content-Length. */
  Answer storeChunked(String path, MultipartBody body) {
    HttpRequest.BodyPublisher bytes = HttpRequest.BodyPublishers.ofByteArray(bytes(body));
    return store(path, body, HttpRequest.BodyPublishers.fromPublisher(bytes));
  }

  private Answer store(String path, MultipartBody body, HttpRequest.BodyPublisher publisher) {
    return send("POST", path, publisher, "Content-Type", body.contentType());
  }

  private static byte[] bytes(MultipartBody body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      body.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] part10(Attributes dataSet) {
    return part10(dataSet, UID.ExplicitVRLittleEndian);
  }

  static byte[] part10(Attributes dataSet, String transferSyntax) {
    Attributes meta =
        FileMeta.of(
            dataSet.getString(Tag.SOPClassUID, ""),
            dataSet.getString(Tag.SOPInstanceUID, ""),
            transferSyntax);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DicomOutputStream.writeFile(meta, dataSet, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A file without its meta information, which reception writes anew. */
  static byte[] dataSet(byte[] part10) {
    try (DicomInputStream in = DicomInputStream.ofPart10(new ByteArrayInputStream(part10))) {
      return Arrays.copyOfRange(part10, (int) in.dataSetOffset(), part10.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String instancePath(Attributes object) {
    return "/studies/"
        + object.getString(Tag.StudyInstanceUID, "")
        + "/series/"
        + object.getString(Tag.SeriesInstanceUID, "")
        + "/instances/"
        + object.getString(Tag.SOPInstanceUID, "");
  }
}
