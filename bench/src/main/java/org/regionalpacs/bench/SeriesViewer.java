package org.regionalpacs.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.wado.web.MultipartReader;

/**
 * What a viewer does with a series: it asks for the frames in order on some connections, as a
 * browser has, and decodes each as it comes, in a thread for each processor.
 */
final class SeriesViewer implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final String BOUNDARY = "boundary=";

  private final String base;
  private final int connections;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService connecting;
  private final ExecutorService decoding =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

  /**
   * @param port of the service, or of a link to it
   */
  SeriesViewer(int port, int connections) {
    this.base = "http://127.0.0.1:" + port + "/dicom-web";
    this.connections = connections;
    this.connecting = Executors.newFixedThreadPool(connections);
  }

  /**
   * A series that was shown.
   *
   * @param firstSeconds from the first request until the first image was decoded
   * @param seconds until the last one was
   * @param samples of all images, in order
   */
  record Shown(double firstSeconds, double seconds, List<Samples> samples) {}

  /** A frame, and when it was decoded. */
  private record Frame(Samples samples, long at) {}

  /** Shows a series. */
  Shown show(StoredSeries series) throws IOException {
    AtomicInteger next = new AtomicInteger();
    Map<Integer, Future<Frame>> frames = new ConcurrentSkipListMap<>();
    Callable<Void> connection =
        () -> {
          int count = series.frames().size();
          for (int at = next.getAndIncrement(); at < count; at = next.getAndIncrement()) {
            byte[] bytes = fetch(series.frames().get(at));
            frames.put(
                at, decoding.submit(() -> new Frame(series.decode(bytes), System.nanoTime())));
          }
          return null;
        };
    long start = System.nanoTime();
    try {
      for (Future<Void> each : connecting.invokeAll(Collections.nCopies(connections, connection))) {
        each.get();
      }
      List<Frame> shown = new ArrayList<>();
      for (Future<Frame> each : frames.values()) {
        shown.add(each.get());
      }
      long end = shown.stream().mapToLong(Frame::at).max().orElseThrow();
      return new Shown(
          (shown.getFirst().at() - start) / 1e9,
          (end - start) / 1e9,
          shown.stream().map(Frame::samples).toList());
    } catch (ExecutionException e) {
      throw new IOException("a series can't be shown: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** The bytes of a frame as the service has it. */
  private byte[] fetch(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header(
                "Accept", "multipart/related; type=\"application/octet-stream\"; transfer-syntax=*")
            .timeout(LONGEST)
            .build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " was answered " + answer.statusCode());
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    String boundary = type.substring(type.indexOf(BOUNDARY) + BOUNDARY.length());
    MultipartReader parts =
        new MultipartReader(
            new ByteArrayInputStream(answer.body()),
            boundary.split(";")[0].replace("\"", "").strip());
    try (InputStream frame =
        parts.next().orElseThrow(() -> new IOException(path + " has no frame")).body()) {
      return frame.readAllBytes();
    }
  }

  @Override
  public void close() {
    http.close();
    connecting.shutdownNow();
    decoding.shutdownNow();
  }
}
