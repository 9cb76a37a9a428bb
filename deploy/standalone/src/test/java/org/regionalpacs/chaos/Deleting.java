package org.regionalpacs.chaos;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Deletes single instances by REST. */
final class Deleting {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String studies;

  Deleting(int port) {
    this.studies = "http://127.0.0.1:" + port + "/dicom-web/studies/";
  }

  /**
   * Deletes one.
   *
   * @return {@code UNSENT} where nothing was changed
   */
  Way.Result delete(SentObject object) throws InterruptedException {
    String path =
        "%s/series/%s/instances/%s".formatted(object.study(), object.series(), object.sop());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(studies + path))
            .timeout(Duration.ofSeconds(90))
            .DELETE()
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      // 404: the index doesn't know it yet.
      return new Way.Result(
          switch (status) {
            case 204 -> Outcome.DELETED;
            case 404 -> Outcome.UNSENT;
            default -> Outcome.PERHAPS_DELETED;
          },
          "HTTP " + status);
    } catch (ConnectException e) {
      return Way.Result.UNSENT;
    } catch (IOException e) {
      return new Way.Result(Outcome.PERHAPS_DELETED, e.toString());
    }
  }
}
