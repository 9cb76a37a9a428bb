package org.regionalpacs.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Watches the heap of a running product by its metrics, four times a second. */
final class HeapWatch {
  private final HttpClient http = HttpClient.newHttpClient();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final HttpRequest request;
  private final Thread thread;
  private double peak;
  private double peakOld;

  private HeapWatch(int healthPort) {
    this.request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + healthPort + "/actuator/prometheus"))
            .timeout(Duration.ofMinutes(2))
            .build();
    this.thread = Thread.ofVirtual().unstarted(this::watch);
  }

  static HeapWatch start(int healthPort) {
    HeapWatch watch = new HeapWatch(healthPort);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      do {
        look();
      } while (!stopped.await(250, TimeUnit.MILLISECONDS));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void look() throws IOException, InterruptedException {
    String text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    double used = sum(text, "");
    double old = sum(text, "Tenured");
    synchronized (this) {
      peak = Math.max(peak, used);
      peakOld = Math.max(peakOld, old);
    }
  }

  private static double sum(String metrics, String pool) {
    return metrics
        .lines()
        .filter(
            line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"") && line.contains(pool))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** Ends it; what it saw, in words. */
  synchronized String stop() {
    stopped.countDown();
    return "peak heap %.0f MB, old generation %.0f MB, garbage included"
        .formatted(peak / (1 << 20), peakOld / (1 << 20));
  }

  synchronized long peakOldMegabytes() {
    return Math.round(peakOld / (1 << 20));
  }
}
