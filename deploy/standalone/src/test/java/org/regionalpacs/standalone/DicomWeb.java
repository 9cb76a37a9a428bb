package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A DICOMweb client as small as curl. */
final class DicomWeb {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpClient client;
  private final String base;

  /** Of the default tenant. */
  DicomWeb(int port) {
    this(port, "");
  }

  private DicomWeb(int port, String tenant) {
    this(
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build(),
        "http://127.0.0.1:" + port + tenant);
  }

  /**
   * By a client of its own.
   *
   * @param root of the default tenant, without a slash at its end
   */
  DicomWeb(HttpClient client, String root) {
    this.client = client;
    this.base = root + "/dicom-web";
  }

  static DicomWeb ofTenant(String tenant, int port) {
    return new DicomWeb(port, "/tenants/" + tenant);
  }

  HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofMinutes(2));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Stores one object by STOW-RS as it streams in; the status. */
  int store(Supplier<InputStream> part10) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/studies"))
            .timeout(Duration.ofMinutes(5))
            .header("Content-Type", "application/dicom")
            .POST(HttpRequest.BodyPublishers.ofInputStream(part10))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** Deletes; the status. */
  int delete(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofMinutes(2))
            .DELETE()
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** How many bytes a retrieve sends, none of which is kept. */
  long length(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(90)).build();
    try (InputStream body =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      return body.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** An answer of the statistics API. */
  JsonNode statistics(String path) throws IOException, InterruptedException {
    URI uri = URI.create(base.replace("/dicom-web", "/api/statistics/") + path);
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(2)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode())
        .as(() -> path + ": " + new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return MAPPER.readTree(response.body());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = get(path, "Accept", "application/dicom+json");
    assertThat(response.statusCode())
        .as(() -> path + ": " + new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return MAPPER.readTree(response.body());
  }

  /** The object as stored, or its rendition; empty while there is none. */
  Optional<byte[]> object(String study, String series, String instance)
      throws IOException, InterruptedException {
    return object(study, series, instance, "*");
  }

  /** The object in a transfer syntax, which is the original if it was stored in that. */
  Optional<byte[]> object(String study, String series, String instance, String transferSyntax)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        get(
            "/studies/" + study + "/series/" + series + "/instances/" + instance,
            "Accept",
            "multipart/related; type=\"application/dicom\"; transfer-syntax=" + transferSyntax);
    if (response.statusCode() == 404) {
      return Optional.empty();
    }
    assertThat(response.statusCode())
        .as(() -> new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return Optional.of(onlyPart(response));
  }

  /** The body of the one part of a multipart response (RFC 2046 5.1.1). */
  static byte[] onlyPart(HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    String boundary = type.replaceAll(".*boundary=\"?([^\";]+)\"?.*", "$1");
    byte[] body = response.body();
    int start = indexOf(body, "\r\n\r\n") + 4;
    byte[] end = ("\r\n--" + boundary + "--").getBytes(StandardCharsets.US_ASCII);
    int stop = body.length - end.length;
    while (!Arrays.equals(body, stop, stop + end.length, end, 0, end.length)) {
      stop--;
    }
    assertThat(new String(body, 0, start, StandardCharsets.ISO_8859_1))
        .startsWith("--" + boundary + "\r\nContent-Type: ");
    return Arrays.copyOfRange(body, start, stop);
  }

  private static int indexOf(byte[] body, String text) {
    return new String(body, 0, Math.min(body.length, 1000), StandardCharsets.ISO_8859_1)
        .indexOf(text);
  }
}
