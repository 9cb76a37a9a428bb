package org.regionalpacs.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** STOW-RS (PS3.18 10.5): all objects in one multipart request. */
final class Stow implements Way {
  private static final String BOUNDARY = "chaos-9f86d081884c7d65";
  private static final String REFERENCED_SOP_SEQUENCE = "00081199";
  private static final String FAILED_SOP_SEQUENCE = "00081198";
  private static final String REFERENCED_SOP_INSTANCE = "00081155";
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI studies;

  Stow(int port) {
    this.studies = URI.create("http://127.0.0.1:" + port + "/dicom-web/studies");
  }

  @Override
  public String name() {
    return "STOW-RS";
  }

  @Override
  public List<Result> send(List<SentObject> objects) throws InterruptedException {
    try {
      HttpRequest request = request(HttpRequest.BodyPublishers.ofByteArray(body(objects)));
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return results(response, objects);
    } catch (ConnectException e) {
      return objects.stream().map(_ -> Result.UNSENT).toList();
    } catch (IOException e) {
      return objects.stream().map(_ -> new Result(Outcome.UNKNOWN, e.toString())).toList();
    }
  }

  private HttpRequest request(HttpRequest.BodyPublisher body) {
    return HttpRequest.newBuilder(studies)
        .timeout(LIMIT)
        .header("Accept", "application/dicom+json")
        .header(
            "Content-Type", "multipart/related; type=\"application/dicom\"; boundary=" + BOUNDARY)
        .POST(body)
        .build();
  }

  private static byte[] body(List<SentObject> objects) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (SentObject object : objects) {
      body.write(ascii("--" + BOUNDARY + "\r\nContent-Type: application/dicom\r\n\r\n"));
      body.write(object.part10());
      body.write(ascii("\r\n"));
    }
    body.write(ascii("--" + BOUNDARY + "--\r\n"));
    return body.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static List<Result> results(HttpResponse<byte[]> response, List<SentObject> objects) {
    String status = "HTTP " + response.statusCode();
    JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (JacksonException e) {
      return objects.stream().map(_ -> new Result(Outcome.UNKNOWN, status)).toList();
    }
    Set<String> stored = uids(answer, REFERENCED_SOP_SEQUENCE);
    Set<String> failed = uids(answer, FAILED_SOP_SEQUENCE);
    return objects.stream()
        .map(object -> {
          if (stored.contains(object.sop())) {
            return new Result(Outcome.ACCEPTED, status);
          }
          boolean refused = failed.contains(object.sop());
          return new Result(refused ? Outcome.REFUSED : Outcome.UNKNOWN, status);
        })
        .toList();
  }

  private static Set<String> uids(JsonNode answer, String sequence) {
    Set<String> uids = new HashSet<>();
    answer
        .path(sequence)
        .path("Value")
        .forEach(item ->
            uids.add(item.path(REFERENCED_SOP_INSTANCE).path("Value").path(0).asString("")));
    return uids;
  }

  /** Sends half of an object, then breaks the connection. */
  Result sendHalf(SentObject object) throws InterruptedException {
    try {
      byte[] body = body(List.of(object));
      byte[] half = Arrays.copyOf(body, body.length / 2);
      HttpRequest.BodyPublisher breaking =
          HttpRequest.BodyPublishers.ofInputStream(
              () -> new SequenceInputStream(new java.io.ByteArrayInputStream(half), new Broken()));
      client.send(request(breaking), HttpResponse.BodyHandlers.discarding());
      return new Result(Outcome.CUT, "answered before the end");
    } catch (ConnectException e) {
      return Result.UNSENT;
    } catch (IOException e) {
      return new Result(Outcome.CUT, "broken off by the sender");
    }
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the sender breaks off");
    }
  }
}
