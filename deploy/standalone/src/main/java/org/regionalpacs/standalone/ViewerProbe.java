package org.regionalpacs.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks wado-service whether its build has a web viewer. */
final class ViewerProbe {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private ViewerProbe() {}

  /**
   * What it answered.
   *
   * @param there whether there is a viewer
   * @param shown its address, or why there is none
   */
  record Answer(boolean there, String shown) {
    /** Address of the page that shows a study. */
    String study(String uid) {
      return shown + "viewer?StudyInstanceUIDs=" + uid;
    }
  }

  /**
   * Asks.
   *
   * @param address host of wado-service
   * @param port of DICOMweb
   */
  static Answer ask(String address, int port) {
    String url = "http://%s:%d/viewer/".formatted(address, port);
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return switch (answer.statusCode()) {
        case 200 -> new Answer(true, url);
        case 404 -> new Answer(false, detail(answer.body()));
        default -> new Answer(false, "unknown: " + answer.statusCode());
      };
    } catch (IOException e) {
      return new Answer(false, "unknown: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(false, "unknown: interrupted");
    }
  }

  private static String detail(String problem) {
    try {
      return JsonMapper.shared().readTree(problem).path("detail").asString("none");
    } catch (JacksonException e) {
      return "unknown: " + problem;
    }
  }
}
