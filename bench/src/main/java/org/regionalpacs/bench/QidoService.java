package org.regionalpacs.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;
import org.regionalpacs.wado.WadoApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A wado-service of its own, on an index of so many studies in a real PostgreSQL. */
final class QidoService implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final int studies;
  private final String familyName;
  private final ConfigurableApplicationContext application;
  private final String base;
  private final HttpClient http = HttpClient.newHttpClient();

  private QidoService(int studies, String familyName, ConfigurableApplicationContext application) {
    this.studies = studies;
    this.familyName = familyName;
    this.application = application;
    String port = application.getEnvironment().getProperty("local.server.port");
    this.base = "http://127.0.0.1:" + port + "/dicom-web";
  }

  /** Fills an index and starts the service on it. */
  static QidoService start(Path work, int studies) throws SQLException {
    Database database = RealServices.postgres();
    Path folder = work.resolve(Integer.toString(studies));
    ConfigurableApplicationContext application =
        ServiceContext.start(WadoApplication.class, WadoApplication.CONFIG_NAME, database, folder);
    QidoIndex.fill(database, studies);
    return new QidoService(studies, QidoIndex.familyName(database, 77), application);
  }

  int studies() {
    return studies;
  }

  /** A family name that some patients have. */
  String familyName() {
    return familyName;
  }

  /**
   * Asks, and reads the whole answer.
   *
   * @return milliseconds it took, also when the service gave the search up (503)
   * @throws IOException when the answer is anything else but a success
   */
  double ask(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Accept", "application/dicom+json")
            .timeout(LONGEST)
            .build();
    long start = System.nanoTime();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    double millis = (System.nanoTime() - start) / 1e6;
    if (answer.statusCode() != 200 && answer.statusCode() != 503) {
      throw new IOException(
          path + " was answered " + answer.statusCode() + ": " + new String(answer.body()));
    }
    return millis;
  }

  @Override
  public void close() {
    http.close();
    application.close();
  }
}
