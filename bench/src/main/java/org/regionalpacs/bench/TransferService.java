package org.regionalpacs.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.regionalpacs.consumer.ConsumerApplication;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;
import org.regionalpacs.wado.WadoApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A wado-service of its own, and the consumers that index what it is given. */
final class TransferService implements AutoCloseable {
  private static final Duration INDEXED = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String BOUNDARY = "object-of-the-series";

  private final ConfigurableApplicationContext wado;
  private final ConfigurableApplicationContext consumers;
  private final HttpClient http = HttpClient.newHttpClient();

  private TransferService(
      ConfigurableApplicationContext wado, ConfigurableApplicationContext consumers) {
    this.wado = wado;
    this.consumers = consumers;
  }

  static TransferService start(Path folder) {
    Database database = RealServices.postgres();
    ConfigurableApplicationContext wado =
        ServiceContext.start(WadoApplication.class, WadoApplication.CONFIG_NAME, database, folder);
    ConfigurableApplicationContext consumers =
        ServiceContext.start(
            ConsumerApplication.class,
            "application,consumer",
            database,
            folder,
            // Each form is measured as it was stored, and nothing else takes a processor.
            "--pacs.converter.enabled=false");
    return new TransferService(wado, consumers);
  }

  int port() {
    return Integer.parseInt(wado.getEnvironment().getProperty("local.server.port", ""));
  }

  /** Stores a series, and waits until all of its frames can be had. */
  StoredSeries store(List<byte[]> files) throws IOException {
    try {
      for (byte[] file : files) {
        store(file);
      }
      StoredSeries series = StoredSeries.of(files);
      long deadline = System.nanoTime() + INDEXED.toNanos();
      for (String frame : series.frames()) {
        while (ask(frame) != 200) {
          if (System.nanoTime() > deadline) {
            throw new IOException("a series isn't indexed after " + INDEXED);
          }
          Thread.sleep(LOOK);
        }
      }
      return series;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void store(byte[] file) throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(file.length + 256);
    String head = "--" + BOUNDARY + "\r\nContent-Type: application/dicom\r\n\r\n";
    body.write(head.getBytes(StandardCharsets.US_ASCII));
    body.write(file);
    body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    HttpRequest request =
        HttpRequest.newBuilder(uri("/studies"))
            .header(
                "Content-Type",
                "multipart/related; type=\"application/dicom\"; boundary=" + BOUNDARY)
            .header("Accept", "application/dicom+json")
            .timeout(INDEXED)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("storing was answered " + answer.statusCode() + ": " + answer.body());
    }
  }

  private int ask(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header(
                "Accept", "multipart/related; type=\"application/octet-stream\"; transfer-syntax=*")
            .timeout(INDEXED)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + "/dicom-web" + path);
  }

  @Override
  public void close() {
    http.close();
    consumers.close();
    wado.close();
  }
}
